using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Tests.SpaMi;

/// <summary>A network on made-up features: smooth over a lattice, with noise.</summary>
internal sealed class SmallRun : IDisposable
{
    private readonly ThreadTeam _team;
    private readonly Matrix[] _features;
    private readonly Arena _arena;
    private int _epoch;

    public SmallRun(int spots, int[] features, SpaMiOptions options, int threads, ulong seed = 7)
    {
        _team = new ThreadTeam(threads);
        int side = (int)Math.Ceiling(Math.Sqrt(spots));
        string[] names = [.. features.Select((_, m) => $"modality{m}")];
        _features = [.. features.Select((width, m) => Features(spots, width, side, new RandomStream((ulong)m)))];
        SpaMiGraphs graphs = Lattice(spots, side);
        Arena measure = Arena.Measure();
        _ = new SpaMiNetwork(names, _features, graphs, options, seed, threads, measure);
        _arena = Arena.OfSize(measure.UsedBytes);
        Network = new SpaMiNetwork(names, _features, graphs, options, seed, threads, _arena);
        Network.Initialise();
    }

    public SpaMiNetwork Network { get; }

    /// <summary>The whole loss of the last epoch.</summary>
    public double Loss => Network.Losses.Sum(t => t.Factor * t.Value);

    public void Train(int epochs)
    {
        for (int i = 0; i < epochs; i++)
            Network.Train(_epoch++, _team);
    }

    /// <summary>Everything that comes out: losses, parameters and their gradients, embeddings, attention, reconstructions.</summary>
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
        if (Network.Attention is not null)
            yield return Network.Attention.ToArray();
        for (int m = 0; m < _features.Length; m++)
        {
            yield return Network.ModalityEmbedding(m).ToArray();
            yield return Network.Reconstruction(m).ToArray();
        }
    }

    public void Dispose()
    {
        _arena.Dispose();
        foreach (Matrix matrix in _features)
            matrix.Dispose();
        _team.Dispose();
    }

    private static Matrix Features(int spots, int width, int side, RandomStream random)
    {
        var matrix = new Matrix(spots, width);
        for (int i = 0; i < spots; i++)
        {
            for (int j = 0; j < width; j++)
            {
                double smooth = ((i / side * (j % 5)) + (i % side * (j % 3))) % side / (double)side;
                matrix[i, j] = (float)(smooth - 0.5 + (0.3 * random.NextGaussian()));
            }
        }

        return matrix;
    }

    private static SpaMiGraphs Lattice(int spots, int side)
    {
        int[][] neighbours =
        [
            .. Enumerable.Range(0, spots).Select(i => new[] { i - side, i - 1, i, i + 1, i + side }
                .Where(j => j >= 0 && j < spots && (Math.Abs(j - i) != 1 || j / side == i / side)).ToArray()),
        ];
        CsrMatrix adjacency = Graph(neighbours, (i, j) => 1 / Math.Sqrt(neighbours[i].Length * neighbours[j].Length));

        // Not symmetric: the next spots only.
        int[][] next = [.. neighbours.Select((row, i) => row.Where(j => j >= i).ToArray())];
        return new SpaMiGraphs(adjacency, Graph(next, (i, _) => 1.0 / next[i].Length));
    }

    private static CsrMatrix Graph(int[][] lists, Func<int, int, double> weight)
    {
        var pointers = new long[lists.Length + 1];
        for (int i = 0; i < lists.Length; i++)
            pointers[i + 1] = pointers[i] + lists[i].Length;
        float[] weights = [.. lists.SelectMany((row, i) => row.Select(j => (float)weight(i, j)))];
        return new CsrMatrix(lists.Length, lists.Length, pointers, [.. lists.SelectMany(row => row)], weights);
    }
}
