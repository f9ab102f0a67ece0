using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Benchmarks;

/// <summary>A SpaMI network on random features and a square lattice's neighbourhood.</summary>
internal sealed class TrainingBench : IDisposable
{
    private static readonly string[] s_modalities = ["rna", "protein"];

    private readonly ThreadTeam _team;
    private readonly Matrix[] _features;
    private readonly Arena _arena;
    private readonly SpaMiNetwork _network;

    public TrainingBench(int spots, int threads)
    {
        _team = new ThreadTeam(threads);
        var random = new RandomStream(1);
        _features = [Features(spots, random), Features(spots, random)];
        SpaMiGraphs graphs = Lattice(spots);
        var options = new SpaMiOptions();
        Arena measure = Arena.Measure();
        _ = new SpaMiNetwork(s_modalities, _features, graphs, options, 0, threads, measure);
        _arena = Arena.OfSize(measure.UsedBytes);
        _network = new SpaMiNetwork(s_modalities, _features, graphs, options, 0, threads, _arena);
        _network.Initialise();
    }

    public void Train(int epoch) => _network.Train(epoch, _team);

    public void Dispose()
    {
        _arena.Dispose();
        foreach (Matrix matrix in _features)
            matrix.Dispose();
        _team.Dispose();
    }

    private static Matrix Features(int spots, RandomStream random)
    {
        var matrix = new Matrix(spots, 50);
        for (int i = 0; i < spots; i++)
        {
            foreach (ref float value in matrix.Row(i))
                value = (float)((2 * random.NextDouble()) - 1);
        }

        return matrix;
    }

    /// <summary>Each spot with its right, left and lower neighbour: about as many edges as three nearest neighbours, symmetrised, give.</summary>
    private static SpaMiGraphs Lattice(int spots)
    {
        int side = (int)Math.Sqrt(spots);
        var pointers = new long[spots + 1];
        var columns = new List<int>(5 * spots);
        for (int i = 0; i < spots; i++)
        {
            foreach (int j in (ReadOnlySpan<int>)[i - side, i - 1, i, i + 1, i + side])
            {
                if (j >= 0 && j < spots)
                    columns.Add(j);
            }

            pointers[i + 1] = columns.Count;
        }

        var graph = new CsrMatrix(spots, spots, pointers, [.. columns], [.. columns.Select(_ => 0.2f)]);
        return new SpaMiGraphs(graph, graph);
    }
}
