using SpatialCluster.Analysis.Autocorrelation;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Tests;

namespace SpatialCluster.Analysis.Tests.Autocorrelation;

public sealed class SpatialAutocorrelationGoldenTests
{
    [Fact]
    public void Of_GoldenColumns_GoldenMoranAndGeary()
    {
        GoldenFile step = GoldenFile.Open("spami_step.json"), metrics = GoldenFile.Open("metrics.json");
        using var team = new ThreadTeam(2);
        double[] places = step.Numbers("coordinates"), x = step.Numbers("X1"), moran = metrics.Numbers("moran"), geary = metrics.Numbers("geary");
        int spots = places.Length / 2, width = step.Shape("X1")[1];
        var coordinates = new SpotCoordinates(
            [.. Enumerable.Range(0, spots).Select(i => places[2 * i])],
            [.. Enumerable.Range(0, spots).Select(i => places[(2 * i) + 1])]);
        CsrMatrix weights = NeighbourGraphs.RowStandardised(NeighbourGraphs.Directed(SpatialNeighbours.Nearest(coordinates, step.At("k").GetInt32(), team)));
        using Matrix features = Matrix.From(spots, width, [.. x.Select(v => (float)v)]);
        SpatialStatistic[] columns = SpatialAutocorrelation.OfColumns(features, weights, team);
        columns.Length.ShouldBe(moran.Length);
        for (int c = 0; c < width; c++)
        {
            SpatialStatistic one = SpatialAutocorrelation.Of([.. Enumerable.Range(0, spots).Select(i => x[(i * width) + c])], weights);
            // All weights are the same float32 third, which cancels in the ratio.
            one.Moran.ShouldBe(moran[c], 1e-12);
            one.Geary.ShouldBe(geary[c], 1e-12);
            // The matrix holds the inputs in float32.
            columns[c].Moran.ShouldBe(moran[c], 1e-7);
            columns[c].Geary.ShouldBe(geary[c], 1e-7);
        }
    }
}
