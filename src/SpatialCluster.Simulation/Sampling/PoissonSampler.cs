using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Simulation.Sampling;

/// <summary>
/// Exact Poisson numbers for any mean up to 10¹⁵: inversion for small means; from 10 on the transformed rejection PTRS of
/// Hörmann (Insurance: Mathematics and Economics 12, 1993), at a bounded cost.
/// </summary>
internal static class PoissonSampler
{
    private const double SmallMean = 10;

    public static double Next(double mean, RandomStream random) => mean switch
    {
        <= 0 => 0,
        < SmallMean => Invert(mean, random),
        _ => Reject(mean, random),
    };

    private static double Invert(double mean, RandomStream random)
    {
        double probability = StableMath.Exp(-mean);
        double rest = random.NextDouble();
        double count = 0;
        while (rest >= probability)
        {
            rest -= probability;
            count++;
            probability *= mean / count;
            // Rounding may leave a rest that no term covers any more; it lies far out in the tail.
            if (probability < 1e-300)
                break;
        }

        return count;
    }

    private static double Reject(double mean, RandomStream random)
    {
        double b = 0.931 + (2.53 * Math.Sqrt(mean));
        double a = -0.059 + (0.02483 * b);
        double inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        double sure = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            double u = random.NextDouble() - 0.5;
            double v = random.NextOpenDouble();
            double margin = 0.5 - Math.Abs(u);
            double count = Math.Floor((((2 * a / margin) + b) * u) + mean + 0.43);
            if (margin >= 0.07 && v <= sure)
                return count;
            if (count < 0 || (margin < 0.013 && v > margin))
                continue;
            if (StableMath.Log(v * inverseAlpha / ((a / (margin * margin)) + b)) <= PoissonLaw.LogProbability(count, mean))
                return count;
        }
    }
}
