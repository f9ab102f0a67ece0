namespace SpatialCluster.Analysis.Autocorrelation;

/// <summary>The domains' mean Moran's I beside that of shuffled labels.</summary>
public sealed record DomainMoranTest
{
    /// <summary>The value of the labels as they are.</summary>
    public required double Observed { get; init; }

    /// <summary>The value of each shuffle, in the order of the shuffles.</summary>
    public required IReadOnlyList<double> Shuffled { get; init; }

    /// <summary>(1 + shuffles at least as high as the observed value) / (1 + shuffles).</summary>
    public required double PValue { get; init; }
}
