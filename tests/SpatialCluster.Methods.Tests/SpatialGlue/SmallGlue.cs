using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.SpatialGlue;

namespace SpatialCluster.Tests.SpatialGlue;

/// <summary>A network on made-up features of randomly strewn spots: one half of the tissue differs from the other.</summary>
internal sealed class SmallGlue : IDisposable
{
    private readonly ThreadTeam _team;
    private readonly MethodInput _input;
    private readonly Arena _arena;
    private int _epoch;

    public SmallGlue(int spots, int[] widths, SpatialGlueOptions options, int threads, ulong seed = 7)
    {
        _team = new ThreadTeam(threads);
        _input = Input(spots, widths, seed);
        SpatialGlueGraphs graphs = SpatialGlueGraphs.From(_input.Coordinates, _input.Features, options, _team);
        Arena measure = Arena.Measure();
        _ = new SpatialGlueNetwork(_input.Names, _input.Features, graphs, options, seed, threads, measure);
        _arena = Arena.OfSize(measure.UsedBytes);
        Network = new SpatialGlueNetwork(_input.Names, _input.Features, graphs, options, seed, threads, _arena);
        Network.Initialise();
    }

    public SpatialGlueNetwork Network { get; }

    /// <summary>The whole loss of the last epoch.</summary>
    public double Loss => Network.Losses.Sum(t => t.Factor * t.Value);

    /// <summary>Input of a method, its features to be disposed by the caller.</summary>
    public static MethodInput Input(int spots, int[] widths, ulong seed = 7)
    {
        var random = new RandomStream(99);
        double[] x = [.. Enumerable.Range(0, spots).Select(_ => random.NextDouble())], y = [.. Enumerable.Range(0, spots).Select(_ => random.NextDouble())];
        return new MethodInput
        {
            Names = [.. widths.Select((_, m) => $"modality{m}")],
            Kinds = [.. widths.Select((_, m) => m == 0 ? ModalityKind.Rna : ModalityKind.Protein)],
            Features = [.. widths.Select(width => Features(width, x, random))],
            Coordinates = new SpotCoordinates(x, y),
            Seed = seed,
        };
    }

    public void Train(int epochs)
    {
        for (int i = 0; i < epochs; i++)
            Network.Train(_epoch++, _team);
    }

    /// <summary>Everything that comes out: losses, parameters and their gradients, embeddings, attentions, reconstructions.</summary>
    public IEnumerable<float[]> Results()
    {
        yield return [.. Network.Losses.Select(t => (float)t.Value)];
        foreach (var parameter in Network.Parameters)
        {
            yield return parameter.Value.ToArray();
            yield return parameter.Gradient.ToArray();
        }

        Network.Infer(_team);
        yield return Network.Embedding.ToArray();
        yield return Network.Attention.ToArray();
        for (int m = 0; m < Network.Modalities; m++)
        {
            yield return Network.Latent(m).ToArray();
            yield return Network.Reconstruction(m).ToArray();
            if (Network.GraphAttention(m) is { } attention)
                yield return attention.ToArray();
        }
    }

    public void Dispose()
    {
        _arena.Dispose();
        foreach (Matrix matrix in _input.Features)
            matrix.Dispose();
        _team.Dispose();
    }

    private static Matrix Features(int width, double[] x, RandomStream random)
    {
        var matrix = new Matrix(x.Length, width);
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < width; j++)
                matrix[i, j] = (float)(random.NextGaussian() + (j % 3 == 0 && x[i] > 0.5 ? 2 : 0));
        }

        return matrix;
    }
}
