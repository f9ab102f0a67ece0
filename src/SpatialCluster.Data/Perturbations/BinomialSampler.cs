using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Data.Perturbations;

/// <summary>
/// Exact binomial numbers: by inversion where few successes are expected, else by the transformed rejection BTRS of Hörmann
/// (Journal of Statistical Computation and Simulation 46, 1993), at a bounded cost.
/// </summary>
internal static class BinomialSampler
{
    private const double FewSuccesses = 10;
    private const int TableSize = 10;

    // What Stirling's series leaves of log k!, written with (k + ½) log(k + 1) − (k + 1) + ½ log 2π, for k = 0 … 9.
    private static readonly double[] s_tails = Tails();

    public static int Next(int trials, double probability, RandomStream random)
    {
        if (trials == 0)
            return 0;
        if (probability > 0.5)
            return trials - Next(trials, 1 - probability, random);
        return trials * probability < FewSuccesses ? Invert(trials, probability, random) : Reject(trials, probability, random);
    }

    private static int Invert(int trials, double probability, RandomStream random)
    {
        double odds = probability / (1 - probability);
        double term = StableMath.Exp(trials * StableMath.Log1P(-probability));
        double rest = random.NextDouble();
        int successes = 0;
        while (rest >= term && successes < trials)
        {
            rest -= term;
            successes++;
            term *= odds * (trials - successes + 1) / successes;
            // Rounding may leave a rest that no term covers any more; it lies far out in the tail.
            if (term < 1e-300)
                break;
        }

        return successes;
    }

    private static int Reject(int trials, double probability, RandomStream random)
    {
        double deviation = Math.Sqrt(trials * probability * (1 - probability));
        double b = 1.15 + (2.53 * deviation);
        double a = -0.0873 + (0.0248 * b) + (0.01 * probability);
        double centre = (trials * probability) + 0.5;
        double sure = 0.92 - (4.2 / b);
        double odds = probability / (1 - probability);
        double alpha = (2.83 + (5.1 / b)) * deviation;
        double mode = Math.Floor((trials + 1.0) * probability);
        while (true)
        {
            double u = random.NextDouble() - 0.5;
            double v = random.NextOpenDouble();
            double margin = 0.5 - Math.Abs(u);
            double k = Math.Floor((((2 * a / margin) + b) * u) + centre);
            if (margin >= 0.07 && v <= sure)
                return (int)k;
            if (!(k >= 0 && k <= trials))
                continue;
            double height = StableMath.Log(v * alpha / ((a / (margin * margin)) + b));
            if (height <= LogRatio(trials, k, mode, odds))
                return (int)k;
        }
    }

    /// <summary>log P(k) − log P(mode).</summary>
    private static double LogRatio(double trials, double k, double mode, double odds) =>
        ((mode + 0.5) * StableMath.Log((mode + 1) / (odds * (trials - mode + 1))))
        + ((trials + 1) * StableMath.Log((trials - mode + 1) / (trials - k + 1)))
        + ((k + 0.5) * StableMath.Log(odds * (trials - k + 1) / (k + 1)))
        + Tail(mode) + Tail(trials - mode) - Tail(k) - Tail(trials - k);

    private static double Tail(double k)
    {
        if (k < TableSize)
            return s_tails[(int)k];
        double next = k + 1;
        double square = next * next;
        return ((1.0 / 12) - (((1.0 / 360) - (1.0 / 1260 / square)) / square)) / next;
    }

    private static double[] Tails()
    {
        const double HalfLogTwoPi = 0.91893853320467274178;
        var tails = new double[TableSize];
        double factorial = 1;
        for (int k = 0; k < TableSize; k++)
        {
            factorial *= int.Max(1, k);
            tails[k] = StableMath.Log(factorial) - (((k + 0.5) * StableMath.Log(k + 1)) - (k + 1) + HalfLogTwoPi);
        }

        return tails;
    }
}
