namespace SpatialCluster.Analysis.Metrics;

/// <summary>How well two clusterings of the same spots agree. All scores are 1 for clusterings that differ in names only.</summary>
public sealed record ClusteringAgreement
{
    /// <summary>Spots that have a label in both.</summary>
    public required int Spots { get; init; }

    /// <summary>Different labels of the truth among them.</summary>
    public required int TruthLabels { get; init; }

    /// <summary>Different predicted labels among them.</summary>
    public required int PredictedLabels { get; init; }

    /// <summary>Adjusted Rand index (Hubert &amp; Arabie 1985): −0.5 … 1, 0 on average for random labels.</summary>
    public required double AdjustedRandIndex { get; init; }

    /// <summary>Adjusted mutual information (Vinh, Epps &amp; Bailey 2010), arithmetic mean: at most 1, 0 on average for random labels.</summary>
    public required double AdjustedMutualInformation { get; init; }

    /// <summary>Mutual information over the arithmetic mean of both entropies: 0 … 1.</summary>
    public required double NormalisedMutualInformation { get; init; }

    /// <summary>1 when each cluster holds spots of one truth label only (Rosenberg &amp; Hirschberg 2007): 0 … 1.</summary>
    public required double Homogeneity { get; init; }

    /// <summary>1 when all spots of a truth label lie in one cluster: 0 … 1.</summary>
    public required double Completeness { get; init; }

    /// <summary>The harmonic mean of homogeneity and completeness: 0 … 1.</summary>
    public required double VMeasure { get; init; }

    /// <summary>The geometric mean of pairwise precision and recall (Fowlkes &amp; Mallows 1983): 0 … 1.</summary>
    public required double FowlkesMallows { get; init; }
}
