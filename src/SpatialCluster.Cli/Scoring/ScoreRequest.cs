using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Scoring;

/// <summary>What to score, and how.</summary>
internal sealed record ScoreRequest
{
    /// <summary>An <c>.h5ad</c> file.</summary>
    public required string Embedding { get; init; }

    /// <summary>The entry of its <c>obsm</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Where the true labels are; null for none.</summary>
    public string? Truth { get; init; }

    /// <summary>Where labels are that stand in for clustering; null clusters.</summary>
    public string? Labels { get; init; }

    public required DomainOptions Domains { get; init; }

    public bool NeighboursGiven { get; init; }

    public ulong Seed { get; init; }
}
