namespace SpatialCluster.Campaigns.Grains;

/// <summary>What makes domains of an embedding.</summary>
public enum Clusterer
{
    /// <summary>Leiden on the fuzzy neighbour graph, or on the method's own joint graph.</summary>
    Leiden,

    /// <summary>k-means.</summary>
    KMeans,

    /// <summary>Gaussian mixture with one covariance for all components, as mclust's EEE.</summary>
    Gmm,
}
