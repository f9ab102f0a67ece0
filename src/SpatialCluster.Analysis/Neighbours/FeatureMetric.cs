namespace SpatialCluster.Analysis.Neighbours;

/// <summary>How far apart two feature vectors are.</summary>
public enum FeatureMetric
{
    /// <summary>√Σ(aᵢ − bᵢ)².</summary>
    Euclidean,

    /// <summary>1 − cos(a, b); a vector of zeros is at distance 1 from every other.</summary>
    Cosine,

    /// <summary>1 − Pearson correlation; a constant vector is at distance 1 from every other.</summary>
    Correlation,
}
