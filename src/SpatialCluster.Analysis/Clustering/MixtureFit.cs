using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>Expectation and maximisation (Dempster, Laird and Rubin, JRSS B 39:1, 1977) for one covariance shared by all components.</summary>
internal sealed unsafe class MixtureFit
{
    // ln 2π.
    private const double LogTwoPi = 1.8378770664093454836;

    // In spots: less than this and a component is gone; its sums lose their digits towards the smallest numbers.
    private const double Vanished = 1e-200;

    private readonly SpotVectors _vectors;
    private readonly ThreadTeam _team;
    private readonly int _components;
    private readonly int _stride;
    private readonly double[] _scatter;
    private readonly double[][] _sums;
    private readonly double[][] _weights;
    private readonly double[] _logs;

    public MixtureFit(SpotVectors vectors, int components, double regularisation, ThreadTeam team)
    {
        _vectors = vectors;
        _team = team;
        _components = components;
        _stride = CentreKernels.Stride(components);
        int tiles = vectors.Tiles.Count;
        _sums = [.. Enumerable.Range(0, tiles).Select(_ => new double[vectors.Features * _stride])];
        _weights = [.. Enumerable.Range(0, tiles).Select(_ => new double[_stride])];
        _logs = new double[tiles];
        _scatter = Scatter.About(vectors, team);
        double trace = 0;
        for (int f = 0; f < vectors.Features; f++)
            trace += _scatter[(f * vectors.Features) + f];
        Ridge = regularisation * trace / vectors.Spots / vectors.Features;
        Labels = new int[vectors.Spots];
        Confidence = new double[vectors.Spots];
    }

    /// <summary>What is added to each variance.</summary>
    public double Ridge { get; }

    /// <summary>The most probable component of each spot at the last <see cref="Expect"/>, the first of equals.</summary>
    public int[] Labels { get; }

    public double[] Confidence { get; }

    /// <summary>The log-likelihood at the last <see cref="Expect"/>.</summary>
    public double LogLikelihood { get; private set; }

    /// <summary>The log-likelihood less ½ · spots · ridge · tr Σ⁻¹, which is what the steps with a ridge maximise.</summary>
    public double Objective { get; private set; }

    /// <summary>Parameters from spots whose components are known.</summary>
    public MixtureModel FromLabels(int[] spots, int[] labels)
    {
        int features = _vectors.Features;
        var means = new double[features * _stride];
        var sizes = new double[_components];
        for (int i = 0; i < spots.Length; i++)
        {
            sizes[labels[i]]++;
            ReadOnlySpan<double> row = _vectors.Row(spots[i]);
            for (int f = 0; f < features; f++)
                means[(f * _stride) + labels[i]] += row[f];
        }

        for (int c = 0; c < _components; c++)
        {
            for (int f = 0; f < features; f++)
                means[(f * _stride) + c] = sizes[c] > 0 ? means[(f * _stride) + c] / sizes[c] : 0;
        }

        double[] within = Scatter.Within(_vectors, spots, labels, means, _stride);
        return Model(sizes, means, within, spots.Length);
    }

    /// <summary>Probabilities of the components, and the sums that <see cref="Maximise"/> needs.</summary>
    public void Expect(MixtureModel model)
    {
        _team.For(_vectors.Tiles.Count, tile => ExpectTile(model, tile));
        double logs = 0;
        foreach (double sum in _logs)
            logs += sum;
        SharedCovariance covariance = model.Covariance;
        LogLikelihood = logs - (0.5 * (covariance.InverseInner(_scatter)
            + (_vectors.Spots * ((_vectors.Features * LogTwoPi) + covariance.LogDeterminant))));
        double trace = 0;
        for (int f = 0; f < _vectors.Features; f++)
            trace += covariance.Inverse[(f * _vectors.Features) + f];
        Objective = LogLikelihood - (0.5 * _vectors.Spots * Ridge * trace);
    }

    /// <summary>The parameters that the probabilities of the last <see cref="Expect"/> make most likely.</summary>
    public MixtureModel Maximise(MixtureModel before)
    {
        int features = _vectors.Features;
        var means = new double[features * _stride];
        var weights = new double[_components];
        for (int tile = 0; tile < _sums.Length; tile++)
        {
            for (int i = 0; i < means.Length; i++)
                means[i] += _sums[tile][i];
            for (int c = 0; c < _components; c++)
                weights[c] += _weights[tile][c];
        }

        double[] within = (double[])_scatter.Clone();
        for (int c = 0; c < _components; c++)
        {
            // A component that lost all its spots stays where it was, without weight.
            if (!(weights[c] > Vanished))
            {
                weights[c] = 0;
                for (int f = 0; f < features; f++)
                    means[(f * _stride) + c] = before.Means[(f * _stride) + c];
                continue;
            }

            for (int f = 0; f < features; f++)
                means[(f * _stride) + c] /= weights[c];
            for (int f = 0; f < features; f++)
            {
                double factor = weights[c] * means[(f * _stride) + c];
                for (int g = 0; g < features; g++)
                    within[(f * features) + g] -= factor * means[(g * _stride) + c];
            }
        }

        return Model(weights, means, within, _vectors.Spots);
    }

    private MixtureModel Model(double[] weights, double[] means, double[] within, double total)
    {
        int features = _vectors.Features;
        for (int i = 0; i < within.Length; i++)
            within[i] /= total;
        for (int f = 0; f < features; f++)
            within[(f * features) + f] += Ridge;
        double[] shares = [.. weights.Select(weight => weight / total)];
        return new MixtureModel(shares, means, SharedCovariance.Of(within, features), features);
    }

    private void ExpectTile(MixtureModel model, int tile)
    {
        var scratch = new double[_stride];
        double[] weights = _weights[tile];
        Array.Clear(weights);
        Array.Clear(_sums[tile]);
        double logs = 0;
        fixed (double* values = _vectors.Values, slopes = model.Slopes, offsets = model.Offsets, sums = _sums[tile], p = scratch)
        {
            for (int spot = _vectors.Tiles.Start(tile); spot < _vectors.Tiles.End(tile); spot++)
            {
                double* x = values + ((long)spot * _vectors.Stride);
                CentreKernels.Scores(x, _vectors.Features, slopes, _stride, offsets, p);
                int best = 0;
                for (int c = 1; c < _components; c++)
                    best = p[c] > p[best] ? c : best;
                double highest = p[best];
                double sum = 0;
                for (int c = 0; c < _components; c++)
                {
                    p[c] = StableMath.Exp(p[c] - highest);
                    sum += p[c];
                }

                for (int c = 0; c < _components; c++)
                {
                    p[c] /= sum;
                    weights[c] += p[c];
                }

                for (int c = _components; c < _stride; c++)
                    p[c] = 0;
                logs += highest + StableMath.Log(sum);
                Labels[spot] = best;
                Confidence[spot] = p[best];
                CentreKernels.AddOuterProduct(sums, x, _vectors.Features, p, _stride);
            }
        }

        _logs[tile] = logs;
    }
}
