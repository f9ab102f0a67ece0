using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Mofa;

/// <summary>Every hyper-parameter of MOFA+ with Gaussian views and one group. Defaults are those of mofapy2's <c>entry_point</c>.</summary>
public sealed record MofaOptions : MethodOptions
{
    /// <summary>Factors to begin with.</summary>
    public int Factors { get; init; } = 10;

    /// <summary>Iterations at most.</summary>
    public int Iterations { get; init; } = 1000;

    /// <summary>When training ends before that.</summary>
    public MofaConvergence Convergence { get; init; } = MofaConvergence.Fast;

    /// <summary>
    /// Factors that explain no more than this share of the variance in every modality are dropped while training, one per
    /// iteration; null keeps all.
    /// </summary>
    public double? DropFactorThreshold { get; init; }

    /// <summary>Whether each modality is brought to unit variance.</summary>
    public bool ScaleViews { get; init; }

    /// <summary>Whether loadings have the spike-and-slab prior; without it they are Gaussian, with their relevance per modality and factor alone.</summary>
    public bool SpikeSlab { get; init; } = true;

    /// <summary>The iteration from which on the share of loadings in the slab is learnt.</summary>
    public int SparsityStart { get; init; } = 50;

    /// <inheritdoc/>
    public override void Validate()
    {
        Require(Factors is >= 1 and <= 512, "--factors", Factors, "between 1 and 512");
        Require(Iterations >= 1, "--iterations", Iterations, "at least 1");
        Require(SparsityStart >= 1, "--sparsity-start", SparsityStart, "at least 1");
        if (DropFactorThreshold is double threshold)
            Require(threshold is >= 0 and < 1, "--drop-factor-threshold", threshold, "none, or at least 0 and less than 1");
    }
}
