namespace SpatialCluster.Analysis.Clustering;

/// <summary>How <see cref="GaussianMixture"/> fits.</summary>
public sealed record GaussianMixtureOptions
{
    /// <summary>How many components: 1 … spots.</summary>
    public required int Clusters { get; init; }

    /// <summary>Where to begin.</summary>
    public MixtureStart Start { get; init; } = MixtureStart.KMeansPlusPlus;

    /// <summary>What the components share.</summary>
    public CovarianceModel CovarianceModel { get; init; } = CovarianceModel.EqualEllipsoidal;

    /// <summary>The most iterations, at least 1.</summary>
    public int MaxIterations { get; init; } = 1_000;

    /// <summary>
    /// The fit ends when the log-likelihood ℓ changes by less than this share of 1 + |ℓ|: mclust's rule and its 10⁻⁵. 0 iterates
    /// until nothing is gained any more.
    /// </summary>
    public double Tolerance { get; init; } = 1e-5;

    /// <summary>
    /// What is added to the diagonal of the covariance in every iteration, as a share of the features' mean variance; not
    /// negative. Keeps it regular where features are constant or depend on each other, or spots are few. 0 adds nothing, and a
    /// singular covariance is then refused.
    /// </summary>
    public double Regularisation { get; init; } = 1e-6;

    /// <summary>Fits in the space of so many principal components (at most as many as there are features); null takes the features as they are.</summary>
    public int? PrincipalComponents { get; init; }

    /// <summary>The seed of the start: the same features, options and seed give the same result.</summary>
    public ulong Seed { get; init; }
}
