using SpatialCluster.Compute.Memory;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Mofa;

/// <summary>What MOFA+ found. Factors are ordered by the variance that they explain, summed over the modalities.</summary>
public sealed record MofaResult : IDisposable
{
    /// <summary>E[Z], spots × factors.</summary>
    public required Matrix Factors { get; init; }

    /// <summary>E[W] per modality, features × factors, for centred (and where wished scaled) features.</summary>
    public required IReadOnlyList<Matrix> Loadings { get; init; }

    /// <summary>The share of a modality's variance that each factor explains alone (R²), modalities × factors.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> VarianceExplained { get; init; }

    /// <summary>The share of each modality's variance that all factors explain together.</summary>
    public required IReadOnlyList<double> TotalVarianceExplained { get; init; }

    /// <summary>The evidence lower bound after each iteration (term <c>elbo</c>; the total is its negative), and what mofapy2 would show for it (<c>elbo/mofapy2</c>), by which training ends.</summary>
    public required LossHistory Losses { get; init; }

    /// <summary>Whether training ended before the iterations did.</summary>
    public required bool Converged { get; init; }

    /// <summary>Per modality, how many features never vary.</summary>
    public required IReadOnlyList<int> ConstantFeatures { get; init; }

    /// <summary>Releases the matrices.</summary>
    public void Dispose()
    {
        Factors.Dispose();
        foreach (Matrix loadings in Loadings)
            loadings.Dispose();
    }
}
