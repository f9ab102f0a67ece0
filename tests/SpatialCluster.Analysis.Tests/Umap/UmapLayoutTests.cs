using SpatialCluster.Analysis.Communities;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Analysis.Tests.Clustering;
using SpatialCluster.Analysis.Umap;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Tests.Umap;

public sealed class UmapLayoutTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Theory]
    [InlineData(0.5, 0.5830, 1.3342)]
    [InlineData(0.1, 1.5769, 0.8951)]
    public void Fit_UsualDistances_AreTheKnownConstants(double minDistance, double a, double b)
    {
        UmapCurve curve = UmapCurve.Fit(minDistance, 1);
        curve.A.ShouldBe(a, 5e-5);
        curve.B.ShouldBe(b, 5e-5);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    public unsafe void Force_AnyDistance_IsTheFormula(double minDistance)
    {
        UmapCurve curve = UmapCurve.Fit(minDistance, 1);
        var forces = new ForceTable(curve, 1.5);
        var random = new RandomStream(1);
        fixed (float* attraction = forces.Attraction, repulsion = forces.Repulsion)
        {
            for (int i = 0; i < 20_000; i++)
            {
                float squared = (float)Math.Pow(10, (10 * random.NextDouble()) - 6);
                double power = Math.Pow(squared, curve.B);
                double pull = -2 * curve.A * curve.B * power / squared / (1 + (curve.A * power));
                double push = 3 * curve.B / ((0.001 + squared) * (1 + (curve.A * power)));
                // A chord over 1/64 of an octave: p(p + 1)(1/64)² / 8 of a power −p, and p is below 2.4 here; float32 adds little.
                ((double)ForceTable.Force(attraction, squared)).ShouldBe(pull, 3e-4 * -pull);
                ((double)ForceTable.Force(repulsion, squared)).ShouldBe(push, 3e-4 * push);
            }

            float.IsFinite(ForceTable.Force(attraction, 0)).ShouldBeTrue();
            float.IsFinite(ForceTable.Force(repulsion, float.MaxValue)).ShouldBeTrue();
        }
    }

    [Fact]
    public void Leading_Ring_IsACircle()
    {
        // Eigenvectors of a ring are cosines and sines; the first two of equal eigenvalue put its nodes on a circle of radius √(2/n).
        const int Nodes = 400;
        CommunityGraph graph = CommunityGraph.From(Ring(Nodes));
        double[] shape = new EigenBlock(GraphPart.Of(graph, [.. Enumerable.Range(0, Nodes)], new int[Nodes]), _team)
            .Leading(new RandomStream(3), CancellationToken.None);
        for (int i = 0; i < Nodes; i++)
        {
            double radius = Math.Sqrt(((shape[2 * i] * shape[2 * i]) + (shape[(2 * i) + 1] * shape[(2 * i) + 1])) * Nodes / 2);
            // The iteration ends at a residual of 2 % of the eigengap, a third of the distance to the next eigenvalue.
            radius.ShouldBe(1, 0.03);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Compute_AnyThreads_GivesTheSameBytes(int threads)
    {
        CsrMatrix graph = Blobs(2500, 6, 1);
        using var other = new ThreadTeam(threads);
        var options = new UmapOptions { Epochs = 20, Seed = 3 };
        using Matrix expected = UmapLayout.Compute(graph, options, _team);
        using Matrix found = UmapLayout.Compute(graph, options, other);
        found.ToArray().ShouldBe(expected.ToArray());
        using Matrix different = UmapLayout.Compute(graph, options with { Seed = 4 }, other);
        different.ToArray().ShouldNotBe(expected.ToArray());
    }

    [Fact]
    public void Compute_SeparateBlobs_StaySeparate()
    {
        // So far apart that no spot has neighbours in another blob: parts of their own.
        using Matrix layout = UmapLayout.Compute(Blobs(600, 3, 30), new UmapOptions(), _team);
        for (int i = 0; i < 600; i++)
        {
            int nearest = -1;
            double least = double.PositiveInfinity;
            for (int j = 0; j < 600; j++)
            {
                double square = Math.Pow(layout[i, 0] - layout[j, 0], 2) + Math.Pow(layout[i, 1] - layout[j, 1], 2);
                if (j != i && square < least)
                    (nearest, least) = (j, square);
            }

            (nearest % 3).ShouldBe(i % 3);
        }
    }

    [Fact]
    public void Compute_IsolatedSpotsAndSmallParts_ArePlaced()
    {
        // 0–1, 2–3–4, and 5 alone, whose loop is no neighbour.
        CsrMatrix graph = Symmetric(6, [(0, 1), (2, 3), (3, 4), (5, 5)]);
        using Matrix layout = UmapLayout.Compute(graph, new UmapOptions(), _team);
        layout.ToArray().ShouldAllBe(x => float.IsFinite(x) && Math.Abs(x) < 1000);
        using Matrix one = UmapLayout.Compute(Symmetric(1, []), new UmapOptions(), _team);
        one.Rows.ShouldBe(1);
        using Matrix none = UmapLayout.Compute(Symmetric(0, []), new UmapOptions(), _team);
        none.Rows.ShouldBe(0);
    }

    [Fact]
    public void Compute_GraphsWithFewEigenvalues_ArePlaced()
    {
        // A star has the eigenvalues 1, 0 and −1 alone, a complete graph 1 and −1/(n − 1).
        CsrMatrix star = Symmetric(40, [.. Enumerable.Range(1, 39).Select(i => (0, i))]);
        CsrMatrix complete = Symmetric(17, [.. from i in Enumerable.Range(0, 17) from j in Enumerable.Range(0, i) select (i, j)]);
        CsrMatrix pairs = Symmetric(24, [.. from i in Enumerable.Range(0, 12) from j in Enumerable.Range(12, 12) select (i, j)]);
        foreach (CsrMatrix graph in (CsrMatrix[])[star, complete, pairs])
        {
            using Matrix start = UmapLayout.Compute(graph, new UmapOptions { Epochs = 0 }, _team);
            start.ToArray().ShouldAllBe(x => Math.Abs(x) < 5.01f);
            using Matrix layout = UmapLayout.Compute(graph, new UmapOptions(), _team);
            layout.ToArray().ShouldAllBe(x => Math.Abs(x) < 1000);
            Enumerable.Range(0, graph.Rows).Select(i => (layout[i, 0], layout[i, 1])).Distinct().Count().ShouldBe(graph.Rows);
        }
    }

    [Fact]
    public void Compute_NoEpochs_IsTheSpectralStart()
    {
        using Matrix layout = UmapLayout.Compute(Ring(100), new UmapOptions { Epochs = 0 }, _team);
        float[] x = [.. Enumerable.Range(0, 100).Select(i => layout[i, 0])];
        // Ten wide, but for noise of 1e-4.
        (x.Max() - x.Min()).ShouldBe(10, 0.002);
        for (int i = 0; i < 100; i++)
            Math.Sqrt((layout[i, 0] * layout[i, 0]) + (layout[i, 1] * layout[i, 1])).ShouldBe(5, 0.2);
    }

    [Fact]
    public void Compute_NeighbourTable_IsItsFuzzyGraph()
    {
        using Matrix features = ClusteringData.Blobs(120, 4, 2, 3, 7);
        NeighbourTable table = FeatureNeighbours.Nearest(features, 9, FeatureMetric.Euclidean, _team);
        var options = new UmapOptions { Epochs = 15 };
        using Matrix direct = UmapLayout.Compute(table, options, _team);
        using Matrix graph = UmapLayout.Compute(FuzzyNeighbourGraph.Connect(table, _team), options, _team);
        direct.ToArray().ShouldBe(graph.ToArray());
    }

    [Fact]
    public void Compute_BadInput_IsRefused()
    {
        CsrMatrix ring = Ring(20);
        foreach (UmapOptions options in (UmapOptions[])[
            new() { Spread = 0 }, new() { MinDistance = -0.1 }, new() { MinDistance = 1.1 }, new() { Epochs = -1 }, new() { NegativeSamples = -1 },
            new() { LearningRate = 0 }, new() { Repulsion = double.NaN }])
            Should.Throw<BadInputException>(() => UmapLayout.Compute(ring, options, _team), options.ToString());
        var oneWay = new CsrMatrix(2, 2, [0, 1, 1], [1], [1]);
        Should.Throw<BadInputException>(() => UmapLayout.Compute(oneWay, new UmapOptions(), _team)).Message.ShouldContain("not symmetric");
        Should.Throw<OperationCanceledException>(() => UmapLayout.Compute(ring, new UmapOptions(), _team, new CancellationToken(canceled: true)));
    }

    private CsrMatrix Blobs(int spots, int clusters, double distance)
    {
        using Matrix features = ClusteringData.Blobs(spots, 8, clusters, distance, 12);
        return FuzzyNeighbourGraph.FromFeatures(features, 15, FeatureMetric.Euclidean, _team);
    }

    private static CsrMatrix Ring(int nodes) => Symmetric(nodes, [.. Enumerable.Range(0, nodes).Select(i => (i, (i + 1) % nodes))]);

    private static CsrMatrix Symmetric(int nodes, (int A, int B)[] edges)
    {
        (int Row, int Column)[] entries = [.. edges.Concat(edges.Select(e => (e.B, e.A))).Distinct().Order()];
        var pointers = new long[nodes + 1];
        foreach ((int row, _) in entries)
            pointers[row + 1]++;
        for (int i = 0; i < nodes; i++)
            pointers[i + 1] += pointers[i];
        return new CsrMatrix(nodes, nodes, pointers, [.. entries.Select(e => e.Column)], [.. entries.Select(_ => 1f)]);
    }
}
