using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Tests.Neighbours;

public sealed class NeighbourGraphsTests
{
    // 0 → 1, 1 → 0, 2 → 1, 3 → 1.
    private static readonly NeighbourTable s_star = new(4, 1, [1, 0, 1, 1], [1, 1, 2, 3]);

    [Fact]
    public void Directed_Table_OneEntryPerNeighbour() =>
        Dense(NeighbourGraphs.Directed(s_star)).ShouldBe([0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]);

    [Fact]
    public void Undirected_MutualNeighbours_ClippedToOne() =>
        Dense(NeighbourGraphs.Undirected(s_star)).ShouldBe([0, 1, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0]);

    [Fact]
    public void WithSelfLoops_LoopsThereAlready_AreReplacedNotDoubled()
    {
        CsrMatrix once = NeighbourGraphs.WithSelfLoops(NeighbourGraphs.Undirected(s_star));
        CsrMatrix twice = NeighbourGraphs.WithSelfLoops(once);
        Dense(once).ShouldBe([1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1]);
        Dense(twice).ShouldBe(Dense(once));
        twice.NonZeros.ShouldBe(once.NonZeros);
    }

    [Fact]
    public void NormalisedWithSelfLoops_Star_DividesByRootOfBothDegrees()
    {
        // Degrees with loops: 2, 4, 2, 2.
        float[] values = Dense(NeighbourGraphs.NormalisedWithSelfLoops(NeighbourGraphs.Undirected(s_star)));
        float across = (float)(1 / Math.Sqrt(8));
        float[] expected = [0.5f, across, 0, 0, across, 0.25f, across, across, 0, across, 0.5f, 0, 0, across, 0, 0.5f];
        // One rounding to float32 after double arithmetic: half a unit in the last place of ½.
        for (int i = 0; i < values.Length; i++)
            values[i].ShouldBe(expected[i], 3e-8f);
    }

    [Fact]
    public void RowStandardised_EmptyRow_StaysEmpty()
    {
        var graph = new CsrMatrix(3, 3, [0, 2, 2, 3], [1, 2, 0], [1, 3, 5]);
        Dense(NeighbourGraphs.RowStandardised(graph)).ShouldBe([0, 0.25f, 0.75f, 0, 0, 0, 1, 0, 0]);
    }

    [Fact]
    public void NeighbourTable_SizesThatDoNotFit_AreRefused() =>
        Should.Throw<ArgumentException>(() => new NeighbourTable(3, 2, new int[5], new double[6]));

    internal static float[] Dense(CsrMatrix graph)
    {
        var values = new float[graph.Rows * graph.Columns];
        for (int row = 0; row < graph.Rows; row++)
        {
            for (int e = 0; e < graph.RowColumns(row).Length; e++)
                values[(row * graph.Columns) + graph.RowColumns(row)[e]] += graph.RowValues(row)[e];
        }

        return values;
    }
}
