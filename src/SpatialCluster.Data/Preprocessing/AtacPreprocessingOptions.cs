namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Peaks of chromatin accessibility or histone marks: binarise, filter, TF-IDF, L1, log1p, LSI. Defaults are those of SpaMI's
/// tutorials 1 and 2.
/// </summary>
public sealed record AtacPreprocessingOptions : PreprocessingOptions
{
    /// <summary>Makes the defaults: 50 components.</summary>
    public AtacPreprocessingOptions() => Components = 50;

    /// <summary>Peaks open in fewer than ⌈this × spots⌉ spots are left out; peaks open in none always are.</summary>
    public double MinSpotFraction { get; init; } = 0.005;

    /// <summary>What the normalised weights of a spot sum to before log1p.</summary>
    public double TargetTotal { get; init; } = 1e4;
}
