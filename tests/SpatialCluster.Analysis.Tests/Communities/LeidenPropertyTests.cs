using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Communities;

/// <summary>What holds for every graph, checked on random ones (up to 40 nodes, from a few edges to dense, with loops and isolated nodes).</summary>
public sealed class LeidenPropertyTests
{
    private static readonly Gen<(CsrMatrix Graph, double Resolution, ulong Seed)> Inputs =
        from nodes in Gen.Choose(1, 40)
        from density in Gen.Choose(0, 60)
        from loops in Gen.Choose(0, 1)
        from seed in Gen.Choose(0, 1_000_000)
        from resolution in Gen.Elements(0.0, 0.1, 0.5, 1.0, 1.7, 4.0)
        select (TestGraphs.Random(nodes, density * density / 3600.0, loops == 1, seed), resolution, (ulong)seed);

    [Fact]
    public void Cluster_AnyGraph_CommunitiesAreConnected() => Check((graph, labels, _) =>
    {
        CommunityGraph nodes = CommunityGraph.From(graph);
        int count = labels.Distinct().Count();
        ConnectedParts.Find(nodes, labels, new int[graph.Rows], new int[graph.Rows]).ShouldBe(count);
    });

    [Fact]
    public void Cluster_AnyGraph_NoSingleMoveImproves() => Check((graph, labels, resolution) =>
    {
        double quality = TestGraphs.QualityByPairs(graph, labels, resolution);
        int[] moved = [.. labels];
        for (int node = 0; node < labels.Length; node++)
        {
            // One more label than in use stands for an empty community.
            for (int target = 0; target <= Math.Min(labels.Max() + 1, labels.Length - 1); target++)
            {
                moved[node] = target;
                TestGraphs.QualityByPairs(graph, moved, resolution).ShouldBeLessThanOrEqualTo(quality + 1e-10);
            }

            moved[node] = labels[node];
        }
    });

    [Fact]
    public void Cluster_AnyGraph_LabelsAreOrderedBySizeThenSmallestMember() => Check((_, labels, _) =>
    {
        (int Size, int Smallest)[] groups = [.. labels
            .Select((label, node) => (label, node))
            .GroupBy(x => x.label)
            .OrderBy(x => x.Key)
            .Select(x => (x.Count(), x.Min(y => y.node)))];
        labels.Distinct().Max().ShouldBe(groups.Length - 1);
        groups.ShouldBe(groups.OrderByDescending(x => x.Size).ThenBy(x => x.Smallest));
    });

    [Fact]
    public void Cluster_AnyGraph_IsolatedNodesAreAlone() => Check((graph, labels, _) =>
    {
        for (int node = 0; node < graph.Rows; node++)
        {
            bool isolated = !graph.RowColumns(node).ToArray().Any(x => x != node);
            if (isolated)
                labels.Count(x => x == labels[node]).ShouldBe(1);
        }
    });

    [Fact]
    public void Iterate_AnyGraph_QualityNeverFalls() => Prop.ForAll(Inputs.ToArbitrary(), x =>
    {
        var run = new LeidenRun(CommunityGraph.From(x.Graph), x.Resolution, randomness: 0.01);
        run.Restart(new RandomStream(x.Seed));
        double quality = Modularity.Of(x.Graph, run.Labels, x.Resolution);
        for (int iteration = 0; iteration < 6; iteration++)
        {
            double next = run.Iterate();
            next.ShouldBe(TestGraphs.QualityByPairs(x.Graph, run.Labels, x.Resolution), 1e-12);
            next.ShouldBeGreaterThanOrEqualTo(quality - 1e-12);
            quality = next;
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_AnyPartition_IsTheSumOverPairs() => Prop.ForAll(Inputs.ToArbitrary(), x =>
    {
        RandomStream random = new(x.Seed);
        int[] labels = [.. Enumerable.Range(0, x.Graph.Rows).Select(_ => random.NextInt(x.Graph.Rows))];
        // At most 1,600 terms of about 1 / 1,600 each, in another order.
        Modularity.Of(x.Graph, labels, x.Resolution).ShouldBe(TestGraphs.QualityByPairs(x.Graph, labels, x.Resolution), 1e-12);
    }).QuickCheckThrowOnFailure();

    private static void Check(Action<CsrMatrix, int[], double> property) => Prop.ForAll(Inputs.ToArbitrary(), x =>
    {
        // One iteration must already keep every promise; convergence must not break one.
        foreach (int iterations in new[] { 1, -1 })
        {
            var options = new LeidenOptions { Resolution = x.Resolution, Seed = x.Seed, Iterations = iterations, Starts = 1 };
            property(x.Graph, Leiden.Cluster(x.Graph, options).Labels, x.Resolution);
        }
    }).QuickCheckThrowOnFailure();
}
