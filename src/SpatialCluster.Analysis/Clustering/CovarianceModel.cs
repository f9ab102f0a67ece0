namespace SpatialCluster.Analysis.Clustering;

/// <summary>What the components of a mixture share.</summary>
public enum CovarianceModel
{
    /// <summary>Ellipsoids of equal volume, shape and orientation: one full covariance for all (mclust's EEE, scikit-learn's <c>tied</c>).</summary>
    EqualEllipsoidal,
}
