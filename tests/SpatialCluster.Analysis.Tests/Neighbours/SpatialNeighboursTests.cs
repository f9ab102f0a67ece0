using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Analysis.Tests.Neighbours;

public sealed class SpatialNeighboursTests : IDisposable
{
    private readonly ThreadTeam _team = new(2);

    public void Dispose() => _team.Dispose();

    [Fact]
    public void Nearest_LatticeWithManyTies_EqualsBruteForce()
    {
        // Few distinct places: ties and shared places are the rule, not the exception.
        Gen<(int X, int Y)> place = Gen.Choose(0, 6).Zip(Gen.Choose(-3, 3), (x, y) => (x, y));
        Gen<((int X, int Y)[] Places, int Neighbours)> gen = place.ArrayOf().Where(p => p.Length > 1)
            .SelectMany(p => Gen.Choose(1, p.Length - 1).Select(k => (p, k)));
        Prop.ForAll(gen.ToArbitrary(), input =>
        {
            var coordinates = new SpotCoordinates([.. input.Places.Select(p => (double)p.X)], [.. input.Places.Select(p => (double)p.Y)]);
            AssertEqualsBruteForce(coordinates, input.Neighbours);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(40)]
    public void Nearest_RandomPlaces_EqualsBruteForce(int neighbours) => AssertEqualsBruteForce(Random(1500, 3), neighbours);

    [Fact]
    public void Nearest_FullGrid_EqualsBruteForce()
    {
        int[] cells = [.. Enumerable.Range(0, 30 * 40)];
        AssertEqualsBruteForce(new SpotCoordinates([.. cells.Select(i => (double)(i % 40))], [.. cells.Select(i => (double)(i / 40))]), 6);
    }

    [Fact]
    public void Nearest_CollinearSpots_EqualsBruteForce()
    {
        SpotCoordinates line = Random(900, 5);
        AssertEqualsBruteForce(line with { Y = new double[900] }, 5);
        AssertEqualsBruteForce(line with { Y = [.. line.X.Select(x => 3 * x)] }, 5);
    }

    [Fact]
    public void Nearest_ClustersOfVeryDifferentSize_EqualsBruteForce()
    {
        var random = new RandomStream(7);
        double[] x = new double[1200], y = new double[1200];
        for (int i = 0; i < x.Length; i++)
        {
            double size = i < 1000 ? 1e-9 : 1e6;
            (x[i], y[i]) = (size * random.NextGaussian(), size * random.NextGaussian());
        }

        AssertEqualsBruteForce(new SpotCoordinates(x, y), 8);
    }

    [Theory]
    [InlineData(1e300)]
    [InlineData(1e-300)]
    [InlineData(-1e308)]
    public void Nearest_ExtremeCoordinates_SameNeighboursAsAtScaleOne(double scale)
    {
        // Powers of two keep every digit; squares at these scales would overflow or vanish.
        SpotCoordinates unit = Random(300, 9);
        double exact = Math.CopySign(Math.ScaleB(1, Math.ILogB(scale)), scale);
        var scaled = new SpotCoordinates([.. unit.X.Select(v => v * exact)], [.. unit.Y.Select(v => v * exact)]);
        NeighbourTable expected = SpatialNeighbours.Nearest(unit, 6, _team);
        NeighbourTable actual = SpatialNeighbours.Nearest(scaled, 6, _team);
        actual.Indices.ShouldBe(expected.Indices);
        actual.Distances.ShouldBe([.. expected.Distances.Select(d => d * Math.Abs(exact))]);
    }

    [Fact]
    public void Nearest_TwoSpotsAtOnePlace_AreEachOthersNeighbourAtDistanceZero()
    {
        NeighbourTable table = SpatialNeighbours.Nearest(new SpotCoordinates([4, 1, 4, 9], [2, 2, 2, 2]), 1, _team);
        table.Indices.ShouldBe([2, 0, 0, 0]);
        table.Distances.ShouldBe([0, 3, 0, 5]);
    }

    [Fact]
    public void Nearest_AllSpotsAtOnePlace_LowestIndicesInLinearTime()
    {
        // Quadratic work would be 10¹⁰ comparisons here and time the test run out.
        const int Spots = 200_000;
        NeighbourTable table = SpatialNeighbours.Nearest(new SpotCoordinates(Constant(Spots, 3.5), Constant(Spots, -1)), 4, _team);
        table.IndicesOf(0).ToArray().ShouldBe([1, 2, 3, 4]);
        table.IndicesOf(2).ToArray().ShouldBe([0, 1, 3, 4]);
        table.IndicesOf(Spots - 1).ToArray().ShouldBe([0, 1, 2, 3]);
        table.Distances.ShouldAllBe(d => d == 0);
    }

    [Fact]
    public void Nearest_TwoCrowdedPlacesAmongOthers_LowestIndicesOfThePlace()
    {
        const int Spots = 150_000;
        SpotCoordinates coordinates = Random(Spots, 21);
        for (int i = 0; i < Spots; i++)
        {
            if (i % 3 != 0)
                (coordinates.X[i], coordinates.Y[i]) = i % 3 == 1 ? (0.25, 0.25) : (0.75, 0.75);
        }

        NeighbourTable table = SpatialNeighbours.Nearest(coordinates, 3, _team);
        table.IndicesOf(Spots - 2).ToArray().ShouldBe([1, 4, 7]);
        table.IndicesOf(Spots - 1).ToArray().ShouldBe([2, 5, 8]);
    }

    [Fact]
    public void Nearest_AnyThreadCount_SameTable()
    {
        SpotCoordinates coordinates = Random(20_000, 11);
        using var one = new ThreadTeam(1);
        using var three = new ThreadTeam(3);
        NeighbourTable expected = SpatialNeighbours.Nearest(coordinates, 6, one);
        foreach (ThreadTeam team in new[] { _team, three })
        {
            NeighbourTable actual = SpatialNeighbours.Nearest(coordinates, 6, team);
            actual.Indices.ShouldBe(expected.Indices);
            actual.Distances.ShouldBe(expected.Distances);
        }
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(3, 50)]
    [InlineData(1, 1)]
    [InlineData(0, 1)]
    [InlineData(5, 0)]
    public void Nearest_TooFewSpots_NamesSpotsAndOption(int spots, int neighbours)
    {
        BadInputException failure = Should.Throw<BadInputException>(() => SpatialNeighbours.Nearest(Random(spots, 1), neighbours, _team));
        failure.Message.ShouldContain("--neighbors");
        failure.Message.ShouldContain($"{neighbours}");
        if (neighbours > 0)
            failure.Message.ShouldContain($"{spots} spots");
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Nearest_PlaceNotFinite_NamesTheSpot(double value)
    {
        SpotCoordinates coordinates = Random(10, 1);
        coordinates.Y[7] = value;
        Should.Throw<BadInputException>(() => SpatialNeighbours.Nearest(coordinates, 3, _team)).Message.ShouldContain("Spot 7");
    }

    private static double[] Constant(int count, double value) => [.. Enumerable.Repeat(value, count)];

    private static SpotCoordinates Random(int spots, ulong seed)
    {
        var random = new RandomStream(seed);
        double[] x = new double[spots], y = new double[spots];
        for (int i = 0; i < spots; i++)
            (x[i], y[i]) = (random.NextDouble(), random.NextDouble());
        return new SpotCoordinates(x, y);
    }

    private void AssertEqualsBruteForce(SpotCoordinates c, int neighbours)
    {
        NeighbourTable table = SpatialNeighbours.Nearest(c, neighbours, _team);
        for (int i = 0; i < c.Count; i++)
        {
            (double Squared, int Index)[] expected =
            [
                .. Enumerable.Range(0, c.Count).Where(j => j != i)
                    .Select(j => (Squared: ((c.X[i] - c.X[j]) * (c.X[i] - c.X[j])) + ((c.Y[i] - c.Y[j]) * (c.Y[i] - c.Y[j])), Index: j))
                    .OrderBy(p => p.Squared).ThenBy(p => p.Index).Take(neighbours),
            ];
            table.IndicesOf(i).ToArray().ShouldBe(expected.Select(p => p.Index), $"spot {i}");
            table.DistancesOf(i).ToArray().ShouldBe(expected.Select(p => Math.Sqrt(p.Squared)));
        }
    }
}
