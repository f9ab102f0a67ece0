using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Communities;

public sealed class LeidenTests
{
    [Theory]
    [InlineData(200, 4, 0.4, 0.02)]
    [InlineData(600, 6, 0.3, 0.02)]
    public void Cluster_PlantedPartition_IsRecovered(int nodes, int groups, double inside, double between)
    {
        LeidenResult found = Leiden.Cluster(TestGraphs.Planted(nodes, groups, inside, between, seed: 3), new LeidenOptions());
        // An adjusted Rand index of 1 means the same partition; node i was planted in group i mod groups, of equal sizes.
        found.Labels.ShouldBe(Enumerable.Range(0, nodes).Select(x => x % groups));
        found.Communities.ShouldBe(groups);
    }

    [Fact]
    public void Cluster_RingOfCliques_HasTheQualityOfTheFormula()
    {
        LeidenResult found = Leiden.Cluster(TestGraphs.RingOfCliques(5, 4), new LeidenOptions());
        found.Labels.ShouldBe(Enumerable.Range(0, 20).Select(x => x / 4));
        // 35 edges, 30 of them inside; five communities of strength 14 out of 70.
        found.Quality.ShouldBe((30 / 35.0) - (5 * (14 / 70.0) * (14 / 70.0)), 1e-14);
    }

    [Fact]
    public void Cluster_SameSeed_SameLabels()
    {
        CsrMatrix graph = TestGraphs.Random(300, 0.03, loops: false, seed: 5);
        var options = new LeidenOptions { Seed = 12, Resolution = 1.3 };
        LeidenResult first = Leiden.Cluster(graph, options);
        LeidenResult second = Leiden.Cluster(graph, options);
        second.Labels.ShouldBe(first.Labels);
        BitConverter.DoubleToInt64Bits(second.Quality).ShouldBe(BitConverter.DoubleToInt64Bits(first.Quality));
    }

    [Fact]
    public void Cluster_OtherSeed_CanGiveOtherLabels()
    {
        CsrMatrix graph = TestGraphs.Random(300, 0.03, loops: false, seed: 5);
        int[] first = Leiden.Cluster(graph, new LeidenOptions { Seed = 1, Starts = 1 }).Labels;
        Enumerable.Range(2, 5).ShouldContain(x => !Leiden.Cluster(graph, new LeidenOptions { Seed = (ulong)x, Starts = 1 }).Labels.SequenceEqual(first));
    }

    [Fact]
    public void Cluster_ScaledWeights_SameLabels()
    {
        CsrMatrix graph = TestGraphs.Random(150, 0.06, loops: true, seed: 8);
        var scaled = new CsrMatrix(graph.Rows, graph.Columns, graph.RowPointers, graph.ColumnIndices, [.. graph.Values.Select(x => x * 1024)]);
        Leiden.Cluster(scaled, new LeidenOptions()).Labels.ShouldBe(Leiden.Cluster(graph, new LeidenOptions()).Labels);
    }

    [Fact]
    public void Cluster_MoreStarts_NoLowerQuality()
    {
        CsrMatrix graph = TestGraphs.Random(200, 0.04, loops: false, seed: 9);
        double one = Leiden.Cluster(graph, new LeidenOptions { Starts = 1 }).Quality;
        Leiden.Cluster(graph, new LeidenOptions { Starts = 8 }).Quality.ShouldBeGreaterThanOrEqualTo(one);
    }

    [Fact]
    public void Cluster_ResolutionZero_GivesConnectedParts()
    {
        CsrMatrix graph = TestGraphs.FromEdges(7, [(0, 3, 1), (3, 5, 1), (1, 2, 0.5f), (6, 6, 2)]);
        Leiden.Cluster(graph, new LeidenOptions { Resolution = 0 }).Labels.ShouldBe([0, 1, 1, 0, 2, 0, 3]);
    }

    [Fact]
    public void Cluster_EmptyGraph_HasNoCommunity()
    {
        LeidenResult found = Leiden.Cluster(TestGraphs.FromEdges(0, []), new LeidenOptions());
        found.Labels.ShouldBeEmpty();
        found.Communities.ShouldBe(0);
        found.Quality.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Cluster_OneNode_IsOneCommunity(bool loop)
    {
        LeidenResult found = Leiden.Cluster(TestGraphs.FromEdges(1, loop ? [(0, 0, 1)] : []), new LeidenOptions());
        found.Labels.ShouldBe([0]);
        found.Communities.ShouldBe(1);
    }

    [Fact]
    public void Cluster_StoredZeros_ConnectNothing()
    {
        CsrMatrix graph = TestGraphs.FromEdges(4, [(0, 1, 1), (1, 2, 0), (2, 3, 1)]);
        Leiden.Cluster(graph, new LeidenOptions { Resolution = 0 }).Labels.ShouldBe([0, 0, 1, 1]);
    }

    [Fact]
    public void Cluster_MatesThatDifferByRounding_AreAccepted()
    {
        float up = MathF.BitIncrement(0.3f);
        var graph = new CsrMatrix(2, 2, [0, 1, 2], [1, 0], [0.3f, up]);
        Leiden.Cluster(graph, new LeidenOptions()).Communities.ShouldBe(1);
    }

    [Theory]
    [InlineData(new long[] { 0, 1, 1 }, new[] { 1 }, new[] { 1f })]
    [InlineData(new long[] { 0, 0, 1 }, new[] { 0 }, new[] { 1f })]
    [InlineData(new long[] { 0, 1, 2 }, new[] { 1, 0 }, new[] { 1f, 2f })]
    public void Cluster_AsymmetricGraph_IsRefused(long[] pointers, int[] columns, float[] values)
    {
        var failure = Should.Throw<BadInputException>(() => Leiden.Cluster(new CsrMatrix(2, 2, pointers, columns, values), new LeidenOptions()));
        failure.Message.ShouldContain("not symmetric");
    }

    [Theory]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Cluster_WeightOutOfRange_IsRefused(float weight)
    {
        CsrMatrix graph = TestGraphs.FromEdges(3, [(0, 2, weight)]);
        Should.Throw<BadInputException>(() => Leiden.Cluster(graph, new LeidenOptions())).Message.ShouldContain("row 0, column 2");
    }

    [Fact]
    public void Cluster_NotSquare_IsRefused() =>
        Should.Throw<BadInputException>(() => Leiden.Cluster(new CsrMatrix(1, 2, [0, 0], [], []), new LeidenOptions())).Message.ShouldContain("square");

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Cluster_ResolutionOutOfRange_IsRefused(double resolution) =>
        Should.Throw<BadInputException>(() => Leiden.Cluster(TestGraphs.RingOfCliques(3, 3), new LeidenOptions { Resolution = resolution }))
            .Message.ShouldContain("--resolution");

    [Fact]
    public void Cluster_Cancelled_Stops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Should.Throw<OperationCanceledException>(() => Leiden.Cluster(TestGraphs.RingOfCliques(3, 3), new LeidenOptions(), source.Token));
    }

    [Fact]
    public void Run_FromSingleNodes_RaisesTheQualityAndRunsDry()
    {
        CommunityGraph graph = CommunityGraph.From(TestGraphs.Random(200, 0.05, loops: true, seed: 2));
        var moving = new LocalMoving(graph.Nodes, new NeighbourSums(graph.Nodes));
        int[] labels = [.. Enumerable.Range(0, graph.Nodes)];
        double quality = Modularity.Of(graph, labels, 1);
        long moves;
        int runs = 0;
        do
        {
            moves = moving.Run(graph, labels, 1, new RandomStream((ulong)runs++));
            double next = Modularity.Of(graph, labels, 1);
            (next > quality).ShouldBe(moves > 0);
            quality = next;
        }
        while (moves > 0);
        runs.ShouldBeInRange(2, 50);
    }

    [Fact]
    public void Aggregate_AnyPartition_KeepsQualityAndTotals()
    {
        CommunityGraph graph = CommunityGraph.From(TestGraphs.Random(60, 0.2, loops: true, seed: 4));
        int[] labels = [.. Enumerable.Range(0, 60).Select(x => x * 7 % 9)];
        CommunityGraph whole = graph.Aggregate(labels, 9, new NeighbourSums(60));
        whole.Strengths.Sum().ShouldBe(graph.Total, 1e-12 * graph.Total);
        Modularity.Of(whole, [0, 1, 2, 3, 4, 5, 6, 7, 8], 1.2).ShouldBe(Modularity.Of(graph, labels, 1.2), 1e-14);
    }

    [Fact]
    public void Settle_CommunityThatFellApart_IsSplit()
    {
        var run = new LeidenRun(CommunityGraph.From(TestGraphs.FromEdges(4, [(0, 1, 1), (2, 3, 1)])), resolution: 0, randomness: 0.01);
        run.Settle();
        run.Labels[0].ShouldBe(run.Labels[1]);
        run.Labels[2].ShouldBe(run.Labels[3]);
        run.Labels[0].ShouldNotBe(run.Labels[2]);
    }
}
