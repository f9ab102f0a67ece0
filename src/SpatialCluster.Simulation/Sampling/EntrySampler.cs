using SpatialCluster.Compute.Randomness;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Simulation.Sampling;

/// <summary>Draws single values of a modality around a given mean, before zero inflation and noise.</summary>
internal sealed class EntrySampler
{
    private readonly CountDistribution _distribution;
    private readonly double _shape;
    private readonly GammaSampler _gamma;

    public EntrySampler(SimulatedModality modality)
    {
        _distribution = modality.Distribution;
        _shape = modality.Shape;
        _gamma = new GammaSampler(modality.Shape);
    }

    public double Next(double mean, RandomStream random) => _distribution switch
    {
        CountDistribution.Poisson => PoissonSampler.Next(mean, random),
        CountDistribution.Gamma => mean / _shape * _gamma.Next(random),
        _ => PoissonSampler.Next(mean / _shape * _gamma.Next(random), random),
    };
}
