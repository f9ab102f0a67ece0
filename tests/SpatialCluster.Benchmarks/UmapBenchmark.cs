using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Analysis.Umap;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Benchmarks;

/// <summary>The layout of a fuzzy graph: seconds on one core, and how the cost of a point grows.</summary>
internal static class UmapBenchmark
{
    private const int Many = 40_000, Points = 10_000, Width = 30, Neighbours = 15;

    // One thread, as ours; compiled before it is timed.
    private const string Reference = """
        import numba; numba.set_num_threads(1)
        from sklearn.utils import check_random_state
        from umap.umap_ import UMAP, fuzzy_simplicial_set, simplicial_set_embedding, find_ab_params
        UMAP(n_neighbors=15, random_state=0, n_epochs=20).fit(x[:1000])
        a, b = find_ab_params(1.0, 0.5)
        graph = fuzzy_simplicial_set(x, 15, check_random_state(0), 'euclidean')[0]
        begin = time.perf_counter()
        simplicial_set_embedding(x, graph, 2, 1.0, a, b, 1.0, 5, 500, 'spectral', check_random_state(0), 'euclidean', {}, False, {}, False)
        print(time.perf_counter() - begin)
        """;

    public static void Run()
    {
        using var team = new ThreadTeam(Environment.ProcessorCount);
        using var single = new ThreadTeam(1);
        using Matrix features = NeighbourBenchmark.Mixture(Points, Width), more = NeighbourBenchmark.Mixture(Many, Width);
        CsrMatrix graph = FuzzyNeighbourGraph.FromFeatures(features, Neighbours, FeatureMetric.Euclidean, team);
        CsrMatrix large = FuzzyNeighbourGraph.FromFeatures(more, Neighbours, FeatureMetric.Euclidean, team);
        var options = new UmapOptions { Epochs = 500 };
        double[] seconds = Measurement.Interleaved(
            3,
            () => UmapLayout.Compute(graph, options, single).Dispose(),
            () => UmapLayout.Compute(graph, options with { Epochs = 0 }, single).Dispose(),
            () => UmapLayout.Compute(graph, options with { Epochs = 200 }, single).Dispose(),
            () => UmapLayout.Compute(large, options with { Epochs = 200 }, single).Dispose());
        Measurement.Print($"UMAP of {Points:N0} × {Width}, {graph.NonZeros:N0} weights, 500 epochs, 1 thread", seconds[0], "s", "< 5 s", seconds[0] < 5);
        Measurement.Print("  of it the spectral start", seconds[1], "s");
        Measurement.Print($"  {Points:N0} points, 200 epochs: per point", 1e6 * seconds[2] / Points, "µs");
        Measurement.Print($"  {Many:N0} points, 200 epochs: per point", 1e6 * seconds[3] / Many, "µs");
        if (PythonReference.Run(features, Reference) is not { } theirs)
        {
            Measurement.Output.WriteLine("umap-learn is not installed: no ratio.");
            return;
        }

        Measurement.Print("  umap-learn on its graph of the same points, 500 epochs, 1 thread, compiled before", theirs[0], "s");
        Measurement.Print("  umap-learn ÷ ours", theirs[0] / seconds[0], "×");
    }
}
