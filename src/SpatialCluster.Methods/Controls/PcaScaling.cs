namespace SpatialCluster.Methods.Controls;

/// <summary>What is brought to one scale before joint principal components.</summary>
public enum PcaScaling
{
    /// <summary>
    /// Every modality as a whole, to total variance 1: all modalities count alike, and keep the proportions within. What suits
    /// features that are components already.
    /// </summary>
    Modality,

    /// <summary>Every feature, to variance 1: a modality counts by how many features it has, and its weakest component as much as its first.</summary>
    Feature,
}
