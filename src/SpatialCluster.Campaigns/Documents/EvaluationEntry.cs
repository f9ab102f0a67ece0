using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>How results are evaluated.</summary>
public sealed record EvaluationEntry
{
    /// <summary>Where it stands.</summary>
    public required DocumentPlace Place { get; init; }

    /// <summary>How domains are found.</summary>
    public ClusteringOptions Clustering { get; init; } = new();

    /// <summary>Which results are laid out in two dimensions.</summary>
    public UmapChoice Umap { get; init; } = UmapChoice.FirstSeed;
}

/// <summary>Which results are laid out by UMAP.</summary>
public enum UmapChoice
{
    /// <summary>Those of the first seed.</summary>
    FirstSeed,

    /// <summary>All.</summary>
    All,

    /// <summary>None.</summary>
    None,
}
