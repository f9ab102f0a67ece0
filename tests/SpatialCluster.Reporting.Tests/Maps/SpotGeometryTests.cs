using SpatialCluster.Compute.Randomness;
using SpatialCluster.Reporting.Maps;

namespace SpatialCluster.Reporting.Tests.Maps;

public sealed class SpotGeometryTests
{
    [Fact]
    public void Measure_SquareLattice_IsSeenAsOne()
    {
        SpotGeometry geometry = SpotGeometry.Measure(Grid(12, 18, 2.5));
        geometry.Spacing.ShouldBe(2.5, 1e-12);
        geometry.IsSquareLattice.ShouldBeTrue();
        (geometry.Width, geometry.Height).ShouldBe((17 * 2.5, 11 * 2.5));
    }

    [Fact]
    public void Measure_HexagonalLattice_IsNoSquareOne()
    {
        var x = new List<double>();
        var y = new List<double>();
        for (int row = 0; row < 20; row++)
        {
            for (int column = 0; column < 20; column++)
            {
                x.Add(column + 0.5 * (row % 2));
                y.Add(row * Math.Sqrt(0.75));
            }
        }

        SpotGeometry geometry = SpotGeometry.Measure(new SpotPlaces([.. x], [.. y]));
        geometry.Spacing.ShouldBe(1, 1e-9);
        geometry.IsSquareLattice.ShouldBeFalse();
    }

    [Fact]
    public void Measure_ScatteredCells_GivesTheMedianOfABruteForceSearch()
    {
        var random = new RandomStream(4);
        const int cells = 700;
        var places = new SpotPlaces(
            [.. Enumerable.Range(0, cells).Select(_ => random.NextDouble())], [.. Enumerable.Range(0, cells).Select(_ => 3 * random.NextDouble())]);
        double[] nearest = new double[cells];
        for (int i = 0; i < cells; i++)
        {
            nearest[i] = Enumerable.Range(0, cells).Where(j => j != i)
                .Min(j => Math.Sqrt(Math.Pow(places.X[i] - places.X[j], 2) + Math.Pow(places.Y[i] - places.Y[j], 2)));
        }

        Array.Sort(nearest);
        SpotGeometry.Measure(places).Spacing.ShouldBe(nearest[cells / 2], 1e-12);
    }

    [Fact]
    public void Measure_NoneOneOrCoincidingSpots_StaysDefined()
    {
        SpotGeometry.Measure(new SpotPlaces([], [])).Spacing.ShouldBe(1);
        SpotGeometry.Measure(new SpotPlaces([5], [7])).Spacing.ShouldBe(1);
        SpotGeometry.Measure(new SpotPlaces([5, 5, 5], [7, 7, 7])).Spacing.ShouldBe(1);
        SpotGeometry.Measure(new SpotPlaces([5, 5, 5], [7, 7, 9])).Spacing.ShouldBe(2);
    }

    internal static SpotPlaces Grid(int rows, int columns, double step = 1) => new(
        [.. Enumerable.Range(0, rows * columns).Select(i => i % columns * step)],
        [.. Enumerable.Range(0, rows * columns).Select(i => i / columns * step)]);
}
