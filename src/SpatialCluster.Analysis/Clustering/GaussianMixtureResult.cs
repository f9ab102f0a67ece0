namespace SpatialCluster.Analysis.Clustering;

/// <summary>A fitted mixture. Where principal components were asked for, means and covariance are in their space.</summary>
public sealed record GaussianMixtureResult
{
    /// <summary>
    /// The most probable component of each spot, 0 …, numbered by falling number of spots; equal ones by smallest spot. A
    /// component that is nobody's most probable comes last.
    /// </summary>
    public required int[] Labels { get; init; }

    /// <summary>The probability of each spot's label, 1/components … 1.</summary>
    public required double[] Confidence { get; init; }

    /// <summary>The share of each component; they sum to 1.</summary>
    public required double[] Weights { get; init; }

    /// <summary>Components × features.</summary>
    public required double[,] Means { get; init; }

    /// <summary>Features × features, shared by all components; what regularisation added is included.</summary>
    public required double[,] Covariance { get; init; }

    /// <summary>The natural logarithm of the likelihood of all spots.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>
    /// The criterion as mclust signs it, 2ℓ − p ln(spots) with p free parameters: higher is better.
    /// </summary>
    public required double Bic { get; init; }

    /// <summary>
    /// What every iteration found before its step: the log-likelihood, less the penalty that regularisation stands for
    /// (½ · spots · ridge · trace of the inverse covariance). It never falls, but for rounding.
    /// </summary>
    public required IReadOnlyList<double> Objectives { get; init; }

    /// <summary>Whether the tolerance was reached before the iterations ended.</summary>
    public required bool Converged { get; init; }
}
