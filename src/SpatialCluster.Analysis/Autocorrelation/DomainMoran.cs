namespace SpatialCluster.Analysis.Autocorrelation;

/// <summary>How contiguous domains lie on the tissue.</summary>
public sealed record DomainMoran
{
    /// <summary>The mean over the domains that have one; null where none has.</summary>
    public required double? Mean { get; init; }

    /// <summary>Moran's I of the indicator of each label 0 … L−1; null for labels without spots and for one that all spots carry.</summary>
    public required IReadOnlyList<double?> PerDomain { get; init; }
}
