using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>Sparse spots × spots graphs from neighbour tables, as the graph layers and readouts want them.</summary>
public static class NeighbourGraphs
{
    /// <summary>The directed neighbour graph: 1 from every spot to each of its neighbours.</summary>
    /// <param name="table">The neighbours.</param>
    /// <returns>spots × spots, <c>neighbours</c> entries per row.</returns>
    public static CsrMatrix Directed(NeighbourTable table) => FromTable(table, withSelf: false, 1);

    /// <summary>
    /// The readout mask, divided by its row sums: the mean over a spot and its neighbours (SpaMI, <c>AvgReadout</c>).
    /// </summary>
    /// <param name="table">The neighbours.</param>
    /// <returns>spots × spots, neighbours + 1 entries of 1/(neighbours + 1) per row.</returns>
    public static CsrMatrix ReadoutMean(NeighbourTable table) => FromTable(table, withSelf: true, (float)(1.0 / (table.Neighbours + 1)));

    /// <summary>The undirected neighbour graph: A + Aᵀ clipped to 1 (SpaMI, <c>construct_adj</c>).</summary>
    /// <param name="table">The neighbours.</param>
    /// <returns>A symmetric graph of ones, without self loops.</returns>
    public static CsrMatrix Undirected(NeighbourTable table) => Symmetrise(Directed(table));

    /// <summary>The union of a graph with its transpose, every edge with weight 1.</summary>
    /// <param name="graph">A square graph; only where it has entries matters.</param>
    /// <returns>A symmetric graph of ones.</returns>
    public static CsrMatrix Symmetrise(CsrMatrix graph) => Union(graph, graph.Transpose(), static (_, _) => 1);

    /// <summary>The graph with a self loop of weight 1 at every spot; loops that are there already are replaced.</summary>
    /// <param name="graph">A square graph.</param>
    /// <returns>A + I.</returns>
    public static CsrMatrix WithSelfLoops(CsrMatrix graph)
    {
        var pointers = new long[graph.Rows + 1];
        var columns = new int[graph.NonZeros + graph.Rows];
        var values = new float[columns.LongLength];
        long next = 0;
        for (int row = 0; row < graph.Rows; row++)
        {
            ReadOnlySpan<int> from = graph.RowColumns(row);
            ReadOnlySpan<float> weights = graph.RowValues(row);
            int e = 0;
            for (; e < from.Length && from[e] < row; e++)
                (columns[next], values[next++]) = (from[e], weights[e]);
            (columns[next], values[next++]) = (row, 1);
            if (e < from.Length && from[e] == row)
                e++;
            for (; e < from.Length; e++)
                (columns[next], values[next++]) = (from[e], weights[e]);
            pointers[row + 1] = next;
        }

        return new CsrMatrix(graph.Rows, graph.Columns, pointers, columns, values);
    }

    /// <summary>
    /// The propagation matrix of a graph convolution, D^−½ (A + I) D^−½ with D the row sums of A + I (Kipf &amp; Welling,
    /// ICLR 2017). Computed in double, stored in float32.
    /// </summary>
    /// <param name="graph">A symmetric graph with weights that are not negative.</param>
    /// <returns>The normalised graph with self loops.</returns>
    public static CsrMatrix NormalisedWithSelfLoops(CsrMatrix graph)
    {
        CsrMatrix looped = WithSelfLoops(graph);
        var scale = new double[looped.Rows];
        for (int row = 0; row < looped.Rows; row++)
            scale[row] = 1 / Math.Sqrt(Sum(looped.RowValues(row)));
        return Reweighted(looped, (row, column, weight) => scale[row] * weight * scale[column]);
    }

    /// <summary>The graph with every row divided by its sum; empty rows stay empty.</summary>
    /// <param name="graph">Any graph.</param>
    /// <returns>The same entries with rows that sum to 1.</returns>
    public static CsrMatrix RowStandardised(CsrMatrix graph)
    {
        var sums = new double[graph.Rows];
        for (int row = 0; row < graph.Rows; row++)
            sums[row] = Sum(graph.RowValues(row));
        return Reweighted(graph, (row, _, weight) => weight / sums[row]);
    }

    /// <summary>Merges the entries of two graphs of one shape; an entry that one lacks counts as 0, and results of 0 are left out.</summary>
    internal static CsrMatrix Union(CsrMatrix left, CsrMatrix right, Func<double, double, double> combine)
    {
        var pointers = new long[left.Rows + 1];
        var columns = new int[left.NonZeros + right.NonZeros];
        var values = new float[columns.LongLength];
        long next = 0;
        for (int row = 0; row < left.Rows; row++)
        {
            ReadOnlySpan<int> a = left.RowColumns(row), b = right.RowColumns(row);
            ReadOnlySpan<float> aValues = left.RowValues(row), bValues = right.RowValues(row);
            int i = 0, j = 0;
            while (i < a.Length || j < b.Length)
            {
                int fromA = i < a.Length ? a[i] : int.MaxValue;
                int fromB = j < b.Length ? b[j] : int.MaxValue;
                double aValue = fromA <= fromB ? aValues[i++] : 0;
                double bValue = fromB <= fromA ? bValues[j++] : 0;
                float value = (float)combine(aValue, bValue);
                if (value != 0)
                    (columns[next], values[next++]) = (Math.Min(fromA, fromB), value);
            }

            pointers[row + 1] = next;
        }

        Array.Resize(ref columns, checked((int)next));
        Array.Resize(ref values, (int)next);
        return new CsrMatrix(left.Rows, left.Columns, pointers, columns, values);
    }

    private static CsrMatrix FromTable(NeighbourTable table, bool withSelf, float value)
    {
        int width = table.Neighbours + (withSelf ? 1 : 0);
        var pointers = new long[table.Spots + 1];
        var columns = new int[checked(table.Spots * width)];
        for (int spot = 0; spot < table.Spots; spot++)
        {
            Span<int> row = columns.AsSpan(spot * width, width);
            table.IndicesOf(spot).CopyTo(row);
            if (withSelf)
                row[^1] = spot;
            row.Sort();
            pointers[spot + 1] = (spot + 1L) * width;
        }

        var values = new float[columns.Length];
        Array.Fill(values, value);
        return new CsrMatrix(table.Spots, table.Spots, pointers, columns, values);
    }

    private static CsrMatrix Reweighted(CsrMatrix graph, Func<int, int, double, double> weigh)
    {
        var values = new float[graph.NonZeros];
        for (int row = 0; row < graph.Rows; row++)
        {
            for (long e = graph.RowPointers[row]; e < graph.RowPointers[row + 1]; e++)
                values[e] = (float)weigh(row, graph.ColumnIndices[e], graph.Values[e]);
        }

        return new CsrMatrix(graph.Rows, graph.Columns, graph.RowPointers, graph.ColumnIndices, values);
    }

    private static double Sum(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += value;
        return sum;
    }
}
