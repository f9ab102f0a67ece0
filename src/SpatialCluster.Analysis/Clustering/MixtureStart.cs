namespace SpatialCluster.Analysis.Clustering;

/// <summary>Where a mixture begins.</summary>
public enum MixtureStart
{
    /// <summary>The best of ten k-means clusterings.</summary>
    KMeansPlusPlus,

    /// <summary>Ward's clustering of all spots, or of a sample where there are many: <see cref="WardClustering"/>.</summary>
    Ward,
}
