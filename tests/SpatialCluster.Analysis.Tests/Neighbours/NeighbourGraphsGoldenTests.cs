using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Tests;

namespace SpatialCluster.Analysis.Tests.Neighbours;

public sealed class NeighbourGraphsGoldenTests
{
    [Fact]
    public void Nearest_GoldenCoordinates_GoldenNeighbours()
    {
        (NeighbourTable table, int[][] expected) = Load();
        for (int i = 0; i < table.Spots; i++)
            table.IndicesOf(i).ToArray().Order().ShouldBe(expected[i].Order(), $"spot {i}");
    }

    [Fact]
    public void Undirected_GoldenNeighbours_IsClippedSumWithTranspose()
    {
        (NeighbourTable table, int[][] neighbours) = Load();
        CsrMatrix graph = NeighbourGraphs.Undirected(table);
        for (int i = 0; i < table.Spots; i++)
        {
            graph.RowColumns(i).ToArray().ShouldBe(Enumerable.Range(0, table.Spots).Where(j => neighbours[i].Contains(j) || neighbours[j].Contains(i)));
            graph.RowValues(i).ToArray().ShouldAllBe(v => v == 1);
        }
    }

    [Fact]
    public void ReadoutMean_GoldenNeighbours_AveragesSpotAndNeighbours()
    {
        (NeighbourTable table, int[][] neighbours) = Load();
        CsrMatrix mask = NeighbourGraphs.ReadoutMean(table);
        for (int i = 0; i < table.Spots; i++)
        {
            mask.RowColumns(i).ToArray().ShouldBe(neighbours[i].Append(i).Order());
            mask.RowValues(i).ToArray().ShouldAllBe(v => v == 0.25f);
        }
    }

    private static (NeighbourTable Table, int[][] Neighbours) Load()
    {
        GoldenFile golden = GoldenFile.Open("spami_step.json");
        double[] flat = golden.Numbers("coordinates");
        int spots = flat.Length / 2;
        var coordinates = new SpotCoordinates(
            [.. Enumerable.Range(0, spots).Select(i => flat[2 * i])],
            [.. Enumerable.Range(0, spots).Select(i => flat[(2 * i) + 1])]);
        int[][] neighbours = [.. golden.At("neighbours").EnumerateArray().Select(row => row.EnumerateArray().Select(x => x.GetInt32()).ToArray())];
        using var team = new ThreadTeam(1);
        return (SpatialNeighbours.Nearest(coordinates, golden.At("k").GetInt32(), team), neighbours);
    }
}
