using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Methods.Mofa;

/// <summary>
/// Functions around Γ for positive arguments, of the same bits on every processor: the recurrence up to 10, then Stirling's
/// series (Abramowitz &amp; Stegun 6.1.41, 6.3.18), whose first omitted term is below 10⁻¹⁷ there.
/// </summary>
internal static class SpecialFunctions
{
    private const double SeriesFrom = 10;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>ln Γ(x).</summary>
    public static double LogGamma(double x)
    {
        // One logarithm of the product: up to ten factors below 10, which neither overflow nor vanish for x above 1e-290.
        double product = 1;
        for (; x < SeriesFrom; x++)
            product *= x;
        double i = 1 / x, s = i * i;
        double series = i * ((1.0 / 12) - (s * ((1.0 / 360) - (s * ((1.0 / 1260) - (s * ((1.0 / 1680) - (s * ((1.0 / 1188)
            - (s * ((691.0 / 360360) - (s * (1.0 / 156)))))))))))));
        return ((x - 0.5) * StableMath.Log(x)) - x + HalfLogTwoPi + series - StableMath.Log(product);
    }

    /// <summary>ψ(x) = d ln Γ(x) / dx.</summary>
    public static double Digamma(double x)
    {
        double shift = 0;
        for (; x < SeriesFrom; x++)
            shift += 1 / x;
        double s = 1 / (x * x);
        double series = s * ((1.0 / 12) - (s * ((1.0 / 120) - (s * ((1.0 / 252) - (s * ((1.0 / 240) - (s * ((1.0 / 132)
            - (s * ((691.0 / 32760) - (s * (1.0 / 12)))))))))))));
        return StableMath.Log(x) - (0.5 / x) - series - shift;
    }

    /// <summary>ln B(a, b).</summary>
    public static double LogBeta(double a, double b) => LogGamma(a) + LogGamma(b) - LogGamma(a + b);
}
