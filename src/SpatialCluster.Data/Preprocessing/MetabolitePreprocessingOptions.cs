namespace SpatialCluster.Data.Preprocessing;

/// <summary>Mass-spectrometry intensities: total-ion-count normalisation, log1p, z-scores, PCA; each can be left out.</summary>
public sealed record MetabolitePreprocessingOptions : PreprocessingOptions
{
    /// <summary>Makes the defaults: 50 components. Features no more than the components are used without PCA.</summary>
    public MetabolitePreprocessingOptions() => Components = 50;

    /// <summary>Features measured in fewer spots are left out; features measured in none always are.</summary>
    public int MinSpots { get; init; } = 1;

    /// <summary>Brings each spot's total intensity to <see cref="TargetTotal"/>.</summary>
    public bool TotalIonCount { get; init; } = true;

    /// <summary>The total after normalisation; null takes the median total of the spots that have any.</summary>
    public double? TargetTotal { get; init; }

    /// <summary>Takes log(1 + x).</summary>
    public bool LogTransform { get; init; } = true;

    /// <summary>Brings each feature to mean 0 and standard deviation 1 (divisor spots − 1).</summary>
    public bool Scale { get; init; } = true;

    /// <summary>Z-scores are cut at ± this; null for no cut. Needs <see cref="Scale"/>.</summary>
    public double? Clip { get; init; } = 10;
}
