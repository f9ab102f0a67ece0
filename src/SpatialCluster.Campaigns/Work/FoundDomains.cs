namespace SpatialCluster.Campaigns.Work;

/// <summary>The domains of a slice.</summary>
internal sealed record FoundDomains
{
    /// <summary>One per spot, 0 … Count−1, the largest first.</summary>
    public required int[] Labels { get; init; }

    /// <summary>How many there are.</summary>
    public required int Count { get; init; }

    /// <summary>How many were wanted; null where a resolution decided.</summary>
    public required int? Wanted { get; init; }

    /// <summary>False where a number was wanted that could not be had.</summary>
    public required bool Reached { get; init; }

    /// <summary>Leiden's resolution; null for other clusterers.</summary>
    public required double? Resolution { get; init; }

    /// <summary>What a user should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
