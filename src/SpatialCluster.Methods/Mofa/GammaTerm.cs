using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Methods.Mofa;

/// <summary>The Gamma posterior of a precision (shape a, rate b), with what updates and bound need of it.</summary>
/// <param name="A">Shape.</param>
/// <param name="B">Rate.</param>
internal readonly record struct GammaTerm(double A, double B)
{
    /// <summary>E[x].</summary>
    public double Mean => A / B;

    /// <summary>E[ln x].</summary>
    public double MeanLog => SpecialFunctions.Digamma(A) - StableMath.Log(B);

    /// <summary>E[ln p(x)] − E[ln q(x)] under the prior <paramref name="prior"/>, given <see cref="MeanLog"/>.</summary>
    public double Bound(GammaTerm prior, double meanLog) => prior.Cross(Mean, meanLog) - Cross(Mean, meanLog);

    private double Cross(double mean, double meanLog) =>
        (A * StableMath.Log(B)) - SpecialFunctions.LogGamma(A) + ((A - 1) * meanLog) - (B * mean);
}
