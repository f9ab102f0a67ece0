using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Simulation.Sampling;

/// <summary>Gamma-distributed numbers of one shape, by the squeeze of Marsaglia and Tsang (ACM TOMS 26, 2000).</summary>
internal readonly struct GammaSampler
{
    private readonly double _d;
    private readonly double _c;
    private readonly double _boost;

    public GammaSampler(double shape)
    {
        // Below shape 1: a number of shape + 1, times U^(1/shape).
        _boost = shape < 1 ? 1 / shape : 0;
        _d = (shape < 1 ? shape + 1 : shape) - (1.0 / 3);
        _c = 1 / Math.Sqrt(9 * _d);
    }

    /// <summary>The next number with scale 1: its mean and its variance are the shape.</summary>
    public double Next(RandomStream random)
    {
        while (true)
        {
            double x = random.NextGaussian();
            double root = 1 + (_c * x);
            if (root <= 0)
                continue;
            double v = root * root * root;
            double u = random.NextOpenDouble();
            double x2 = x * x;
            if (u < 1 - (0.0331 * x2 * x2) || StableMath.Log(u) < (0.5 * x2) + (_d * (1 - v + StableMath.Log(v))))
                return _boost == 0 ? _d * v : _d * v * StableMath.Pow(random.NextOpenDouble(), _boost);
        }
    }
}
