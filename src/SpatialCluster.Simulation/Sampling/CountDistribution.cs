namespace SpatialCluster.Simulation.Sampling;

/// <summary>How a value scatters around its mean μ, before zero inflation.</summary>
public enum CountDistribution
{
    /// <summary>Gamma–Poisson with shape r: variance μ + μ² / r.</summary>
    NegativeBinomial,

    /// <summary>Variance μ.</summary>
    Poisson,

    /// <summary>Continuous, with shape r: variance μ² / r.</summary>
    Gamma,
}
