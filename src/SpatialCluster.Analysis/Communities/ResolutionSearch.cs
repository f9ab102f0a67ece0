using System.Globalization;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Communities;

/// <summary>Leiden at the resolution that gives a wanted number of communities.</summary>
/// <remarks>
/// <para>The number of communities rises with the resolution on the whole, not at every step. The search brackets the wanted
/// number by growing factors from resolution 1, halves the bracket on a logarithmic scale, tries a grid across the bracket
/// and other seeds at the jump where that meets no hit, then feels for both ends of the stretch of hits and takes its (geometric) middle, where the
/// partition is least an accident of the resolution; of several stretches that it met, the widest.</para>
/// <para>These probes are short runs (one start, five iterations); the labels come from a full run with the caller's options
/// at the resolution found. Should the full run count otherwise, up to two more hits are tried, and at last the probe's own
/// labels are kept, which are connected and locally optimal too. At most 70 runs, some 15 to 25 as a rule; deterministic in
/// graph, options and number.</para>
/// </remarks>
public static class ResolutionSearch
{
    private const int Halvings = 14;
    private const int GridPoints = 9;
    private const int EdgeHalvings = 3;
    private const int EdgeSteps = 3;
    private const int FullRuns = 3;
    private const int OtherSeeds = 16;
    private const double EdgeFactor = 1.5;
    private const double NarrowestBracket = 1.0001;
    private const double LowestResolution = 1e-18;

    /// <summary>Finds a resolution with the wanted number of communities, and the communities.</summary>
    /// <param name="graph">A symmetric adjacency matrix, nodes × nodes, with weights that are finite and not negative.</param>
    /// <param name="domains">The wanted number, 1 … nodes.</param>
    /// <param name="options">Seed and effort of the full runs; their resolution is not looked at. Null: the defaults.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>The labels; where the number cannot be had, those of the nearest number that was met.</returns>
    /// <exception cref="BadInputException">The number is out of range, or the graph is not what it should be.</exception>
    public static ResolutionSearchResult Find(
        CsrMatrix graph, int domains, LeidenOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new LeidenOptions();
        Leiden.Check(options with { Resolution = 1 });
        if (domains < 1 || domains > graph.Rows)
        {
            throw new BadInputException(string.Create(
                CultureInfo.InvariantCulture,
                $"--domains {domains} cannot be had from {graph.Rows:N0} spots; ask for a number from 1 to {graph.Rows:N0}."));
        }

        CommunityGraph nodes = CommunityGraph.From(graph);
        int parts = ConnectedParts.Count(nodes);
        if (domains < parts)
        {
            LeidenResult whole = Leiden.Cluster(nodes, options with { Resolution = 0 }, cancellation);
            return new ResolutionSearchResult(whole.Labels, 0, whole.Communities, false, string.Create(
                CultureInfo.InvariantCulture,
                $"{domains} domains cannot be had: the neighbour graph falls into {parts:N0} parts without an edge between them, and these {whole.Communities:N0} are the domains; use more neighbours, or ask for {parts:N0} or more."));
        }

        var probe = new ResolutionProbe(nodes, domains, options, cancellation);
        (double low, double high) = Bracket(probe, LoneResolution(nodes));
        if (!probe.AnyHit)
            Halve(probe, low, high);
        for (int i = 1; i < GridPoints && !probe.AnyHit && low > 0; i++)
            probe.CountAt(Between(low, high, i));
        if (!probe.AnyHit)
            return Nearest(probe);
        FeelForEdges(probe);
        return Choose(probe);
    }

    /// <summary>From this resolution on, no two nodes gain by sharing a community: every one is alone.</summary>
    private static double LoneResolution(CommunityGraph graph)
    {
        double highest = 0;
        for (int node = 0; node < graph.Nodes; node++)
        {
            for (int e = graph.Pointers[node]; e < graph.Pointers[node + 1]; e++)
            {
                double product = graph.Strengths[node] * (graph.Strengths[graph.Neighbours[e]] / graph.Total);
                highest = Math.Max(highest, graph.Weights[e] / product);
            }
        }

        return highest > 0 ? 2 * highest : 1;
    }

    private static (double Low, double High) Bracket(ResolutionProbe probe, double lone)
    {
        double low = Math.Min(1, lone), high = low, factor = 2;
        int first = probe.CountAt(low);
        for (int count = first; count < probe.Wanted && high < lone; factor *= factor)
        {
            low = high;
            high = Math.Min(high * factor, lone);
            count = probe.CountAt(high);
        }

        factor = 2;
        for (int count = first; count > probe.Wanted && low > 0; factor *= factor)
        {
            high = low;
            low = low / factor < LowestResolution ? 0 : low / factor;
            count = probe.CountAt(low);
        }

        return (low, high);
    }

    private static void Halve(ResolutionProbe probe, double low, double high)
    {
        for (int i = 0; i < Halvings && !probe.AnyHit && high > NarrowestBracket * low; i++)
        {
            double middle = Middle(low, high);
            if (probe.CountAt(middle) < probe.Wanted)
                low = middle;
            else
                high = middle;
        }
    }

    private static void FeelForEdges(ResolutionProbe probe)
    {
        (double first, double last) = probe.WidestStretch();
        double outside = first;
        for (int i = 0; i < EdgeSteps && first > 0 && probe.IsHit(outside); i++)
            outside = probe.SampleBelow(outside) ?? probe.Sample(outside / EdgeFactor);
        for (int i = 0; i < EdgeHalvings && first > 0 && !probe.IsHit(outside); i++)
        {
            double middle = Middle(outside, first);
            if (probe.CountAt(middle) == probe.Wanted)
                first = middle;
            else
                outside = middle;
        }

        outside = last;
        for (int i = 0; i < EdgeSteps && last > 0 && probe.IsHit(outside); i++)
            outside = probe.SampleAbove(outside) ?? probe.Sample(outside * EdgeFactor);
        for (int i = 0; i < EdgeHalvings && last > 0 && !probe.IsHit(outside); i++)
        {
            double middle = Middle(last, outside);
            if (probe.CountAt(middle) == probe.Wanted)
                last = middle;
            else
                outside = middle;
        }
    }

    private static ResolutionSearchResult Choose(ResolutionProbe probe)
    {
        (double first, double last) = probe.WidestStretch();
        double centre = Math.Sqrt(first * last);
        probe.CountAt(centre);
        double[] hits = probe.HitsByDistance(centre);
        foreach (double resolution in hits.Take(FullRuns))
        {
            LeidenResult full = probe.Full(resolution);
            if (full.Communities == probe.Wanted)
                return new ResolutionSearchResult(full.Labels, resolution, full.Communities, true, null);
        }

        LeidenResult kept = probe.Short(hits[0]);
        return new ResolutionSearchResult(kept.Labels, hits[0], kept.Communities, true, null);
    }

    private static ResolutionSearchResult Nearest(ResolutionProbe probe)
    {
        (double below, double above) = probe.Jump();
        for (int i = 0; i < OtherSeeds; i++)
        {
            double side = i % 2 == 0 ? below : above;
            LeidenResult other = probe.Short(side, i);
            if (other.Communities == probe.Wanted)
                return new ResolutionSearchResult(other.Labels, side, other.Communities, true, null);
        }

        double resolution = probe.NearestMiss();
        LeidenResult kept = probe.Full(resolution);
        if (Math.Abs(kept.Communities - probe.Wanted) > Math.Abs(probe.CountAt(resolution) - probe.Wanted))
            kept = probe.Short(resolution);
        if (kept.Communities == probe.Wanted)
            return new ResolutionSearchResult(kept.Labels, resolution, kept.Communities, true, null);
        return new ResolutionSearchResult(kept.Labels, resolution, kept.Communities, false, string.Create(
            CultureInfo.InvariantCulture,
            $"{probe.Wanted} domains cannot be had: between the resolutions {below:G6} and {above:G6} their number jumps from {probe.CountAt(below):N0} to {probe.CountAt(above):N0}; kept are the {kept.Communities:N0} of resolution {resolution:G6}; ask for that number, or change the neighbours of the graph."));
    }

    private static double Middle(double low, double high) => low > 0 ? Math.Sqrt(low * high) : high / 16;

    /// <summary>Point i of the grid of 8 steps, by halving thrice: square roots alone, whose bits are the same everywhere.</summary>
    private static double Between(double low, double high, int i)
    {
        double span = Math.Sqrt(Math.Sqrt(Math.Sqrt(high / low)));
        double point = low;
        for (int step = 0; step < i; step++)
            point *= span;
        return point;
    }
}
