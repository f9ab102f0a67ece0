namespace SpatialCluster.Analysis.Clustering;

/// <summary>How <see cref="KMeans"/> looks for clusters; the defaults are those of scikit-learn, but for ten starts.</summary>
public sealed record KMeansOptions
{
    /// <summary>How many clusters: 1 … spots.</summary>
    public required int Clusters { get; init; }

    /// <summary>Starts by greedy k-means++, at least 1; that of lowest inertia is kept, the first of equals.</summary>
    public int Starts { get; init; } = 10;

    /// <summary>The most iterations of one start, at least 1.</summary>
    public int MaxIterations { get; init; } = 300;

    /// <summary>
    /// A start ends when the centres together move by no more than this share of the mean variance of the features (squared
    /// distances on both sides), or when no spot changes its cluster. Not negative.
    /// </summary>
    public double Tolerance { get; init; } = 1e-4;

    /// <summary>The seed: the same features, options and seed give the same result.</summary>
    public ulong Seed { get; init; }
}
