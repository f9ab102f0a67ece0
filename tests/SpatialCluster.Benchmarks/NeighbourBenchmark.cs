using SpatialCluster.Analysis.Communities;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Benchmarks;

/// <summary>Neighbour searches, the fuzzy graph and Leiden: how the cost of a point grows with the points.</summary>
internal static class NeighbourBenchmark
{
    private const int Width = 64, Clusters = 12;

    public static void Run()
    {
        using var team = new ThreadTeam(Environment.ProcessorCount);
        Spatial(team);
        Features(team);
    }

    private static void Spatial(ThreadTeam team)
    {
        const int Many = 1_000_000, Few = 100_000;
        SpotCoordinates many = Points(Many), few = Points(Few);
        double[] unsorted = many.X;
        double[] seconds = Measurement.Interleaved(
            5,
            () => SpatialNeighbours.Nearest(many, 6, team),
            () => SpatialNeighbours.Nearest(few, 6, team),
            () => Array.Sort((double[])unsorted.Clone()));
        Measurement.Print($"spatial 6-NN, {Many:N0} points, {team.Threads} threads", seconds[0], "s");
        PrintPerPoint("spatial 6-NN", seconds[0], Many, seconds[1], Few);
        Measurement.Print("÷ sorting as many numbers (Array.Sort, 1 thread)", seconds[0] / seconds[2], "×");
    }

    private static void Features(ThreadTeam team)
    {
        const int Many = 20_000, Few = 10_000, Neighbours = 50;
        using Matrix many = Mixture(Many), few = Mixture(Few);
        NeighbourTable tableMany = null!, tableFew = null!;
        double[] search = Measurement.Interleaved(
            3,
            () => tableMany = FeatureNeighbours.Nearest(many, Neighbours, FeatureMetric.Euclidean, team),
            () => tableFew = FeatureNeighbours.Nearest(few, Neighbours, FeatureMetric.Euclidean, team));
        Measurement.Print($"feature 50-NN, {Many:N0} × {Width}, exact, {team.Threads} threads", search[0], "s");
        PrintPerPoint("feature 50-NN (all pairs: 2 expected)", search[0], Many, search[1], Few);
        double floor = 2.0 * Many * Many * Width / (GemmBenchmark.BestGigaFlops() * 1e9) * GemmBenchmark.TwoThreadRatio();
        Measurement.Print("÷ floor: all products of two points ÷ best product, 2 threads", search[0] / floor, "×");

        CsrMatrix graphMany = null!, graphFew = null!;
        double[] graph = Measurement.Interleaved(
            5, () => graphMany = FuzzyNeighbourGraph.Connect(tableMany, team), () => graphFew = FuzzyNeighbourGraph.Connect(tableFew, team));
        Measurement.Print($"fuzzy graph of those neighbours, {graphMany.NonZeros:N0} weights", graph[0], "s");
        PrintPerPoint("fuzzy graph", graph[0], Many, graph[1], Few);

        // One start each: by itself Leiden would take two at 10,000 points.
        var options = new LeidenOptions { Starts = 1 };
        LeidenResult found = null!;
        double[] leiden = Measurement.Interleaved(5, () => found = Leiden.Cluster(graphMany, options), () => Leiden.Cluster(graphFew, options));
        Measurement.Print($"Leiden on that graph, 1 thread ({found.Communities} communities, modularity {found.Quality:0.000})", leiden[0], "s");
        PrintPerPoint("Leiden", leiden[0], Many, leiden[1], Few);
    }

    private static void PrintPerPoint(string what, double secondsMany, int many, double secondsFew, int few)
    {
        Measurement.Print($"  {what}: per point of {many:N0}", 1e6 * secondsMany / many, "µs");
        Measurement.Print($"  {what}: per point of {few:N0}", 1e6 * secondsFew / few, "µs");
        Measurement.Print($"  {what}: cost per point, {many:N0} ÷ {few:N0}", secondsMany / many / (secondsFew / few), "×");
    }

    private static SpotCoordinates Points(int count)
    {
        var random = new RandomStream(1);
        var points = new SpotCoordinates(new double[count], new double[count]);
        for (int i = 0; i < count; i++)
            (points.X[i], points.Y[i]) = (random.NextDouble(), random.NextDouble());
        return points;
    }

    /// <summary>Clusters that overlap, as in an embedding of tissue.</summary>
    public static Matrix Mixture(int points, int width = Width)
    {
        var random = new RandomStream(2);
        float[] centres = [.. Enumerable.Range(0, Clusters * width).Select(_ => (float)random.NextGaussian() * 0.5f)];
        var matrix = new Matrix(points, width);
        for (int i = 0; i < points; i++)
        {
            int cluster = random.NextInt(Clusters);
            Span<float> row = matrix.Row(i);
            for (int j = 0; j < width; j++)
                row[j] = centres[(cluster * width) + j] + (float)random.NextGaussian();
        }

        return matrix;
    }
}
