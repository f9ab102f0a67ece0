using SpatialCluster.Analysis.Autocorrelation;

namespace SpatialCluster.Methods.Integration;

/// <summary>The domains found on a slice.</summary>
public sealed record TissueDomains
{
    /// <summary>The domain of each spot, 0 … Count−1, the largest first.</summary>
    public required int[] Labels { get; init; }

    /// <summary>How many domains there are.</summary>
    public required int Count { get; init; }

    /// <summary>Leiden's resolution that gave them.</summary>
    public required double Resolution { get; init; }

    /// <summary>False where a number was wanted that could not be had.</summary>
    public required bool Reached { get; init; }

    /// <summary>Says so, where that is so.</summary>
    public required string? Note { get; init; }

    /// <summary>Moran's I of the domains on the symmetrised graph of the six nearest spots.</summary>
    public required DomainMoran Moran { get; init; }
}
