using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation.Modalities;
using SpatialCluster.Simulation.Patterns;
using SpatialCluster.Simulation.Sampling;

namespace SpatialCluster.Simulation;

/// <summary>Which factors each feature of a modality carries, and how its entries are drawn from them.</summary>
internal sealed class ModalityPlan
{
    // Spots that share streams: part of the definition of the numbers, so it never changes.
    private const int SpotsPerBlock = 64;

    private readonly SimulatedModality _modality;
    private readonly RandomStream _streams;
    private readonly int _spots;
    private readonly int _factors;
    private readonly int[] _spatial;
    private readonly int[] _nonSpatial;

    public ModalityPlan(SimulatedModality modality, SpatialPattern pattern, int spots, RandomStream streams)
    {
        _modality = modality;
        _streams = streams;
        _spots = spots;
        _factors = pattern.Factors;
        RandomStream random = streams.Derive("features");
        _spatial = new int[modality.Features];
        _nonSpatial = new int[modality.Features];
        for (int feature = 0; feature < modality.Features; feature++)
        {
            _spatial[feature] = 1 + random.NextInt(_factors);
            _nonSpatial[feature] = random.NextInt(modality.NonSpatialFactors);
        }
    }

    public Modality Draw(int[] domains, double noiseLevel, ThreadTeam? team)
    {
        int blocks = (_spots + SpotsPerBlock - 1) / SpotsPerBlock;
        var drawn = new RowEntries[blocks];
        void DrawOne(int block) => drawn[block] = DrawBlock(block, domains, noiseLevel);
        if (team is null)
        {
            for (int block = 0; block < blocks; block++)
                DrawOne(block);
        }
        else
        {
            team.For(blocks, DrawOne);
        }

        return new Modality
        {
            Name = _modality.Name,
            Kind = _modality.Kind,
            Counts = RowEntries.Join(drawn, _spots, _modality.Features),
            FeatureNames = [.. Enumerable.Range(0, _modality.Features).Select(j => $"{_modality.FeaturePrefix}_{j}")],
            FeatureAnnotations =
            [
                new FeatureAnnotation(SliceSimulator.SpatialFactorName, [.. _spatial.Select(s => s - 1)], SliceSimulator.Numbers(1, _factors)),
                new FeatureAnnotation(SliceSimulator.NonSpatialFactorName, _nonSpatial, SliceSimulator.Numbers(1, _modality.NonSpatialFactors)),
            ],
        };
    }

    private RowEntries DrawBlock(int block, int[] domains, double noiseLevel)
    {
        RandomStream activity = _streams.Derive($"activity/{block}");
        RandomStream counts = _streams.Derive($"counts/{block}");
        RandomStream dropout = _streams.Derive($"dropout/{block}");
        RandomStream noise = _streams.Derive($"noise/{block}");
        double deviation = noiseLevel * _modality.Strength;
        double spatialStep = _modality.SpatialShare * _modality.Strength;
        double nonSpatialStep = (1 - _modality.SpatialShare) * _modality.Strength;
        var sampler = new EntrySampler(_modality);
        var on = new bool[_modality.NonSpatialFactors];
        int first = block * SpotsPerBlock;
        var entries = new RowEntries(Math.Min(SpotsPerBlock, _spots - first));
        for (int spot = first; spot < first + entries.Rows; spot++)
        {
            for (int factor = 0; factor < on.Length; factor++)
                on[factor] = activity.NextDouble() < _modality.OnProbability;
            for (int feature = 0; feature < _spatial.Length; feature++)
            {
                double mean = _modality.Background
                    + (domains[spot] == _spatial[feature] ? spatialStep : 0)
                    + (on[_nonSpatial[feature]] ? nonSpatialStep : 0);
                double value = sampler.Next(mean, counts);
                if (_modality.ZeroInflation > 0 && dropout.NextDouble() < _modality.ZeroInflation)
                    value = 0;
                if (deviation > 0)
                    value = AddNoise(value, deviation * noise.NextGaussian());
                entries.Add(feature, (float)value);
            }

            entries.EndRow();
        }

        return entries;
    }

    private double AddNoise(double value, double noise) =>
        Math.Max(0, _modality.RoundNoisy ? Math.Round(value + noise, MidpointRounding.ToEven) : value + noise);
}
