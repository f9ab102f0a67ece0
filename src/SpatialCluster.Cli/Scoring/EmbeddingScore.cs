using System.Text.Json.Serialization;
using SpatialCluster.Cli.Integration;

namespace SpatialCluster.Cli.Scoring;

/// <summary>What <c>score --json</c> prints.</summary>
internal sealed record EmbeddingScore
{
    public required string Embedding { get; init; }
    public required string Key { get; init; }
    public required int Spots { get; init; }
    public required int Width { get; init; }

    /// <summary>The number of domains scored.</summary>
    public required int Domains { get; init; }

    /// <summary>Where the domains come from: <c>leiden</c>, or the column of labels.</summary>
    public required string Labels { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DomainSearchSummary? DomainSearch { get; init; }

    public string? Truth { get; init; }
    public int? TruthSpots { get; init; }
    public int? TruthLabels { get; init; }
    public double? Ari { get; init; }
    public double? Ami { get; init; }
    public double? Nmi { get; init; }
    public double? Homogeneity { get; init; }
    public double? Completeness { get; init; }
    public double? VMeasure { get; init; }
    public double? FowlkesMallows { get; init; }

    /// <summary>Of the domains, in the embedding.</summary>
    public double? Silhouette { get; init; }

    /// <summary>Moran's I of the domains on the six nearest spots.</summary>
    public double? Moran { get; init; }

    /// <summary>The share of a spot's nearest neighbours in the embedding that carry its own true label.</summary>
    public double? NeighborAgreement { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }
}
