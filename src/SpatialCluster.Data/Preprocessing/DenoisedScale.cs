namespace SpatialCluster.Data.Preprocessing;

/// <summary>The scale of denoised values.</summary>
public enum DenoisedScale
{
    /// <summary>As the preprocessing made them, before any reduction: mostly logarithmic. <see cref="FittedPreprocessing.DenoisedUnit"/> says which.</summary>
    AsModelled,

    /// <summary>The logarithm undone (exp(x) − 1) where there is one.</summary>
    Linear,
}
