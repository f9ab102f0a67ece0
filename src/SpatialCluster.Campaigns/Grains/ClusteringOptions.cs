namespace SpatialCluster.Campaigns.Grains;

/// <summary>How domains are found in what a training run gives.</summary>
public sealed record ClusteringOptions
{
    /// <summary>What finds them. A method without an embedding has its joint graph, which Leiden alone can cluster.</summary>
    public Clusterer Clusterer { get; init; } = Clusterer.Leiden;

    /// <summary>The wanted number; null to take that of the truth where there is one, and else what <see cref="Resolution"/> gives.</summary>
    public int? Domains { get; init; }

    /// <summary>Leiden's resolution where no number is wanted.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>Neighbours in the embedding, the spot itself included, for Leiden and UMAP.</summary>
    public int Neighbours { get; init; } = 50;

    /// <summary>Takes so many principal components of the embedding in its place.</summary>
    public int? PrincipalComponents { get; init; }

    /// <summary>Decides whatever is drawn.</summary>
    public ulong Seed { get; init; }
}
