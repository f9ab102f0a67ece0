using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.SpatialGlue;

namespace SpatialCluster.Benchmarks;

/// <summary>A SpatialGlue network of two modalities, 50 random features each, on a square grid of spots.</summary>
internal sealed class GlueBench : IDisposable
{
    private const int Features = 50;

    private static readonly string[] s_modalities = ["rna", "protein"];

    private readonly ThreadTeam _team;
    private readonly Matrix[] _features;
    private readonly SpatialGlueGraphs _graphs;
    private readonly SpatialGlueOptions _options = new();
    private readonly Arena _arena;
    private readonly SpatialGlueNetwork _network;

    public GlueBench(int spots, int threads)
    {
        _team = new ThreadTeam(threads);
        var random = new RandomStream(1);
        _features = [.. s_modalities.Select(_ => Random(spots, random))];
        int side = (int)Math.Ceiling(Math.Sqrt(spots));
        var places = new SpotCoordinates([.. Enumerable.Range(0, spots).Select(i => (double)(i % side))], [.. Enumerable.Range(0, spots).Select(i => (double)(i / side))]);
        _graphs = SpatialGlueGraphs.From(places, _features, _options, _team);
        Arena measure = Arena.Measure();
        _ = new SpatialGlueNetwork(s_modalities, _features, _graphs, _options, 0, threads, measure);
        _arena = Arena.OfSize(measure.UsedBytes);
        _network = new SpatialGlueNetwork(s_modalities, _features, _graphs, _options, 0, threads, _arena);
        _network.Initialise();
    }

    /// <summary>Dense products of an epoch: per modality five of features × width, and of width² six for each latent sent around and for each embedding that attention weighs.</summary>
    public double DenseFlops
    {
        get
        {
            double width = _options.EmbeddingWidth, modalities = s_modalities.Length;
            return _features[0].Rows * modalities * ((10 * Features * width) + (6 * width * width * (2 + 1 + 1)));
        }
    }

    /// <summary>Sparse products of an epoch: there and back on each feature graph; on the spatial graph three each way per modality and one each way for all.</summary>
    public double SparseFlops =>
        2.0 * _options.EmbeddingWidth * ((((6 * s_modalities.Length) + 2) * _graphs.Spatial.NonZeros) + (2 * _graphs.Features.Sum(g => g.NonZeros)));

    public void Train(int epoch) => _network.Train(epoch, _team);

    public void Dispose()
    {
        _arena.Dispose();
        foreach (Matrix matrix in _features)
            matrix.Dispose();
        _team.Dispose();
    }

    private static Matrix Random(int spots, RandomStream random)
    {
        var matrix = new Matrix(spots, Features);
        for (int i = 0; i < spots; i++)
        {
            foreach (ref float value in matrix.Row(i))
                value = (float)((2 * random.NextDouble()) - 1);
        }

        return matrix;
    }
}
