using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Simulation.Sampling;

/// <summary>
/// The logarithm of Poisson probabilities by the saddle-point expansion of Loader ("Fast and accurate computation of
/// binomial probabilities", 2000), which does not lose digits where the mean is large.
/// </summary>
internal static class PoissonLaw
{
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const int TableSize = 16;

    // δ(n) = log n! − (n + ½) log n + n − ½ log 2π, for n = 1 … 15.
    private static readonly double[] s_smallErrors = SmallErrors();

    public static double LogProbability(double count, double mean) => count == 0
        ? -mean
        : -StirlingError(count) - Deviance(count, mean) - HalfLogTwoPi - (0.5 * StableMath.Log(count));

    /// <summary>log n! less Stirling's approximation to it.</summary>
    internal static double StirlingError(double n)
    {
        if (n < TableSize)
            return s_smallErrors[(int)n];
        double n2 = n * n;
        return ((1.0 / 12) - (((1.0 / 360) - (((1.0 / 1260) - (((1.0 / 1680) - (1.0 / 1188 / n2)) / n2)) / n2)) / n2)) / n;
    }

    // x log(x / m) + m − x, by its series where x is close to m.
    private static double Deviance(double x, double mean)
    {
        double difference = x - mean;
        if (Math.Abs(difference) >= 0.1 * (x + mean))
            return (x * StableMath.Log(x / mean)) - difference;
        double v = difference / (x + mean);
        double sum = difference * v;
        double term = 2 * x * v;
        v *= v;
        for (int j = 1; j < 1000; j++)
        {
            term *= v;
            double next = sum + (term / ((2 * j) + 1));
            if (next == sum)
                return sum;
            sum = next;
        }

        return sum;
    }

    private static double[] SmallErrors()
    {
        var errors = new double[TableSize];
        double factorial = 1;
        for (int n = 1; n < TableSize; n++)
        {
            factorial *= n;
            errors[n] = StableMath.Log(factorial) - ((n + 0.5) * StableMath.Log(n)) + n - HalfLogTwoPi;
        }

        return errors;
    }
}
