using SpatialCluster.Analysis.Autocorrelation;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Analysis.Tests.Neighbours;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Analysis.Tests.Autocorrelation;

public sealed class SpatialAutocorrelationTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Fact]
    public void Of_AlternatingRing_IsMinusOneAndTwiceExpected()
    {
        // Every neighbour differs: I = −1; C = (n−1)/(2W) · W·4/n = 2(n−1)/n.
        SpatialStatistic ring = SpatialAutocorrelation.Of([1, -1, 1, -1, 1, -1], Ring(6));
        ring.Moran.ShouldBe(-1, 1e-15);
        ring.Geary.ShouldBe(2 * 5.0 / 6, 1e-15);
    }

    [Fact]
    public void Of_ConstantColumnOrNoEdges_IsNaN()
    {
        // 0.1 has no exact mean: the rounding must not pass for a pattern.
        double.IsNaN(SpatialAutocorrelation.Of([0.1, 0.1, 0.1], Ring(3)).Moran).ShouldBeTrue();
        double.IsNaN(SpatialAutocorrelation.Of([1, 2, 3], new CsrMatrix(3, 3, [0, 0, 0, 0], [], [])).Geary).ShouldBeTrue();
        using Matrix constant = Matrix.From(3, 1, [0.1f, 0.1f, 0.1f]);
        double.IsNaN(SpatialAutocorrelation.OfColumns(constant, Ring(3), _team)[0].Moran).ShouldBeTrue();
    }

    [Fact]
    public void OfColumns_AnyThreadCount_EqualsColumnByColumn()
    {
        CsrMatrix weights = Grid(17, 19);
        using Matrix features = FeatureNeighboursTests.Random(weights.Rows, 21, 3);
        using var three = new ThreadTeam(3);
        SpatialStatistic[] all = SpatialAutocorrelation.OfColumns(features, weights, _team);
        SpatialAutocorrelation.OfColumns(features, weights, three).ShouldBe(all);
        for (int c = 0; c < features.Columns; c++)
        {
            int column = c;
            double[] values = [.. Enumerable.Range(0, features.Rows).Select(i => (double)features[i, column])];
            all[c].Moran.ShouldBe(SpatialAutocorrelation.Of(values, weights).Moran, 1e-13);
            all[c].Geary.ShouldBe(SpatialAutocorrelation.Of(values, weights).Geary, 1e-13);
        }
    }

    [Fact]
    public void Domains_OneHotColumns_SameMoran()
    {
        CsrMatrix weights = Grid(12, 12);
        var random = new RandomStream(3);
        int[] labels = [.. Enumerable.Range(0, 144).Select(i => (i / 12 / 4) + (random.NextInt(5) == 0 ? 1 : 0))];
        DomainMoran domains = DomainAutocorrelation.Of(labels, weights);
        double[] expected = [.. Enumerable.Range(0, 4).Select(d => SpatialAutocorrelation.Of([.. labels.Select(l => l == d ? 1.0 : 0)], weights).Moran)];
        for (int d = 0; d < 4; d++)
            domains.PerDomain[d]!.Value.ShouldBe(expected[d], 1e-13);
        domains.Mean!.Value.ShouldBe(expected.Average(), 1e-13);
    }

    [Fact]
    public void Domains_MissingLabels_CountAsIfTheirSpotsWereAbsent()
    {
        // The path 0–1–2–3 with spot 4 between nothing: the same as the path alone.
        var path = new CsrMatrix(4, 4, [0, 1, 3, 5, 6], [1, 0, 2, 1, 3, 2], [1, 1, 1, 1, 1, 1]);
        var longer = new CsrMatrix(5, 5, [0, 2, 4, 6, 7, 8], [1, 4, 0, 2, 1, 3, 2, 0], [1, 1, 1, 1, 1, 1, 1, 1]);
        DomainAutocorrelation.Of([0, 0, 1, 1, -1], longer).Mean.ShouldBe(DomainAutocorrelation.Of([0, 0, 1, 1], path).Mean);
        // n/W = 4/6; Σ w z z = ¼·(2 − 2 + 2); Σ z² = 1.
        DomainAutocorrelation.Of([0, 0, 1, 1], path).Mean!.Value.ShouldBe(1.0 / 3, 1e-15);
    }

    [Fact]
    public void Domains_LabelsUnusedOrEverywhere_AreUndefined()
    {
        DomainMoran gap = DomainAutocorrelation.Of([0, 0, 2, 2], Ring(4));
        gap.PerDomain[1].ShouldBeNull();
        gap.Mean.ShouldBe(gap.PerDomain[0]);
        DomainAutocorrelation.Of([0, 0, 0, 0], Ring(4)).Mean.ShouldBeNull();
    }

    [Fact]
    public void Test_ContiguousDomains_AboveEveryShuffle()
    {
        CsrMatrix weights = Grid(20, 20);
        int[] labels = [.. Enumerable.Range(0, 400).Select(i => i % 20 / 7)];
        labels[17] = -1;
        DomainMoranTest test = DomainAutocorrelation.Test(labels, weights, 99, new RandomStream(1), _team);
        test.PValue.ShouldBe(0.01);
        test.Observed.ShouldBeGreaterThan(test.Shuffled.Max());
        // Shuffled labels have the expectation −1/(n−1).
        test.Shuffled.Average().ShouldBe(-1.0 / 398, 0.01);
        using var three = new ThreadTeam(3);
        DomainAutocorrelation.Test(labels, weights, 99, new RandomStream(1), three).Shuffled.ShouldBe(test.Shuffled);
        DomainAutocorrelation.Test(labels, weights, 99, new RandomStream(2), three).Shuffled.ShouldNotBe(test.Shuffled);
    }

    [Fact]
    public void Test_OneDomain_IsRefused() =>
        Should.Throw<BadInputException>(() => DomainAutocorrelation.Test([0, 0, 0], Ring(3), 9, new RandomStream(1), _team)).Message.ShouldContain("two domains");

    private static CsrMatrix Ring(int spots)
    {
        int[] columns = [.. Enumerable.Range(0, spots).SelectMany(i => new[] { (i + 1) % spots, (i + spots - 1) % spots }.Order())];
        return new CsrMatrix(spots, spots, [.. Enumerable.Range(0, spots + 1).Select(i => 2L * i)], columns, [.. columns.Select(_ => 1f)]);
    }

    private CsrMatrix Grid(int rows, int columns)
    {
        int[] cells = [.. Enumerable.Range(0, rows * columns)];
        var places = new SpotCoordinates([.. cells.Select(i => (double)(i % columns))], [.. cells.Select(i => (double)(i / columns))]);
        return NeighbourGraphs.Undirected(SpatialNeighbours.Nearest(places, 6, _team));
    }
}
