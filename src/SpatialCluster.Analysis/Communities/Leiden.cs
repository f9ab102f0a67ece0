using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Communities;

/// <summary>
/// Communities by the Leiden algorithm (Traag, Waltman and van Eck, Scientific Reports 9:5233, 2019) on modularity with a
/// resolution, as <see cref="Modularity"/> defines it.
/// </summary>
/// <remarks>
/// <para>Whatever the number of iterations, every community is connected (a node without edges is one of its own) and no
/// single move to another or an empty community improves the quality. The labels depend on graph, options and seed alone:
/// one thread does the work.</para>
/// <para>Beyond the paper, a start counts as converged after two iterations that gain nothing rather than one, and small
/// graphs are started several times, the best being kept (<see cref="LeidenOptions.Starts"/>). That costs up to twenty times
/// a single run where a run takes milliseconds, and nothing beyond a million edges.</para>
/// <para>An iteration walks the stored weights about four times; graphs without structure need tens of iterations. Memory is
/// 12 bytes per stored weight and about 100 per node, and up to as much again for the aggregates.</para>
/// </remarks>
public static class Leiden
{
    private const long StartBudget = 2_000_000;
    private const int FewestStarts = 1;
    private const int MostStarts = 20;

    // Of the quality; above the rounding of its sums.
    private const double Improvement = 1e-12;
    private const int Patience = 2;

    /// <summary>Finds communities.</summary>
    /// <param name="graph">A symmetric adjacency matrix, nodes × nodes, with weights that are finite and not negative; the diagonal may be in use.</param>
    /// <param name="options">Resolution, seed and effort.</param>
    /// <param name="cancellation">Stops between levels.</param>
    /// <returns>Labels, their number and the quality.</returns>
    /// <exception cref="BadInputException">The matrix is not square or symmetric, a weight is negative or not finite, or an option is out of range.</exception>
    public static LeidenResult Cluster(CsrMatrix graph, LeidenOptions options, CancellationToken cancellation = default)
    {
        Check(options);
        return Cluster(CommunityGraph.From(graph), options, cancellation);
    }

    internal static LeidenResult Cluster(CommunityGraph graph, LeidenOptions options, CancellationToken cancellation)
    {
        int starts = options.Starts > 0
            ? options.Starts
            : (int)Math.Clamp(StartBudget / Math.Max(1, graph.Neighbours.Length), FewestStarts, MostStarts);
        RandomStream random = new RandomStream(options.Seed).Derive("leiden");
        var run = new LeidenRun(graph, options.Resolution, options.Randomness);
        var best = new int[graph.Nodes];
        double quality = double.NegativeInfinity;
        for (int start = 0; start < starts; start++)
        {
            run.Restart(random.Derive($"start/{start}"));
            Converge(run, options.Iterations, cancellation);
            double found = Modularity.Of(graph, run.Labels, options.Resolution);
            if (found <= quality + Improvement)
                continue;
            quality = found;
            run.Labels.CopyTo(best, 0);
        }

        int communities = CommunityLabels.OrderBySize(best);
        return new LeidenResult(best, communities, quality);
    }

    internal static void Check(LeidenOptions options)
    {
        if (!(options.Resolution >= 0) || double.IsPositiveInfinity(options.Resolution))
            throw new BadInputException($"The resolution is {options.Resolution}; it must be a finite number that is not negative (--resolution).");
        if (options.Iterations is 0 or < -1)
            throw new BadInputException($"Leiden is asked for {options.Iterations} iterations; give a positive number, or -1 to iterate until nothing improves.");
        if (options.Starts < 0)
            throw new BadInputException($"Leiden is asked for {options.Starts} starts; give a positive number, or 0 to choose by the size of the graph.");
        if (!(options.Randomness > 0) || double.IsPositiveInfinity(options.Randomness))
            throw new BadInputException($"The randomness of Leiden is {options.Randomness}; it must be a finite positive number (0.01 is usual).");
    }

    private static void Converge(LeidenRun run, int iterations, CancellationToken cancellation)
    {
        double quality = run.Iterate(cancellation);
        int idle = 0;
        for (int iteration = 1; iteration != iterations && idle < Patience; iteration++)
        {
            double next = run.Iterate(cancellation);
            idle = next > quality + Improvement ? 0 : idle + 1;
            quality = next;
        }

        run.Settle(cancellation);
    }
}
