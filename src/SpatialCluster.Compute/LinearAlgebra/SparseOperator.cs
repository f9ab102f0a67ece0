using System.Collections.Concurrent;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// A sparse spots × features matrix X, seen as Z = (X − 1 mᵀ) D with column offsets m and column factors D (a diagonal):
/// centring and scaling without densifying. Multiplies thin blocks from either side; bytes do not depend on the number of
/// threads.
/// </summary>
public sealed unsafe class SparseOperator
{
    /// <summary>1 MiB of a block: half of a common second-level cache.</summary>
    private const int PanelDoubles = 1 << 17;

    private readonly CsrMatrix _matrix;
    private readonly CsrMatrix _transpose;
    private readonly double[]? _offsets;
    private readonly double[]? _factors;

    /// <summary>Wraps a matrix; its transpose is built once, in the memory of the non-zeros.</summary>
    /// <param name="matrix">Spots × features.</param>
    /// <param name="offsets">One value per feature to subtract, or null for none.</param>
    /// <param name="factors">One factor per feature, or null for 1.</param>
    /// <param name="transpose">The transpose, if the caller has it already.</param>
    public SparseOperator(CsrMatrix matrix, double[]? offsets = null, double[]? factors = null, CsrMatrix? transpose = null)
    {
        if ((offsets is not null && offsets.Length != matrix.Columns) || (factors is not null && factors.Length != matrix.Columns))
            throw new ArgumentException("Offsets and factors need one value per column.");
        _matrix = matrix;
        _transpose = transpose ?? matrix.Transpose();
        _offsets = offsets;
        _factors = factors;
    }

    /// <summary>Number of rows: spots.</summary>
    public int Rows => _matrix.Rows;

    /// <summary>Number of columns: features.</summary>
    public int Columns => _matrix.Columns;

    internal CsrMatrix Matrix => _matrix;

    internal CsrMatrix Transposed => _transpose;

    internal double[]? Offsets => _offsets;

    internal double[]? Factors => _factors;

    /// <summary>Z · block, row by row: <paramref name="use"/> gets each product row as it is made.</summary>
    /// <param name="block">Features × components.</param>
    /// <param name="team">Who works.</param>
    /// <param name="use">Receives the row's number and its values (valid during the call only); called once per row, from any thread.</param>
    public void MultiplyRows(ThinBlock block, ThreadTeam team, RowAction use) => ProjectRows(_matrix, _offsets, _factors, block, team, use);

    /// <summary>As <see cref="MultiplyRows"/>, for a matrix whose transpose is not needed.</summary>
    /// <param name="matrix">Spots × features.</param>
    /// <param name="offsets">One value per feature to subtract, or null for none.</param>
    /// <param name="factors">One factor per feature, or null for 1.</param>
    /// <param name="block">Features × components.</param>
    /// <param name="team">Who works.</param>
    /// <param name="use">Receives the row's number and its values; called once per row, from any thread.</param>
    public static void ProjectRows(CsrMatrix matrix, double[]? offsets, double[]? factors, ThinBlock block, ThreadTeam team, RowAction use)
    {
        if (block.Rows != matrix.Columns)
            throw new ArgumentException($"A block of {block.Rows} rows does not fit {matrix.Columns} columns.", nameof(block));
        ThinBlock scaled = factors is null ? block : ScaleRows(block, factors, team);
        double[]? shift = offsets is null ? null : WeightedColumnSums(scaled, offsets, team);
        RowTiles tiles = RowTiles.ForProducts(matrix.Rows);
        int width = scaled.Columns;
        // One scratch block per thread that works, not per tile.
        var scratch = new ConcurrentBag<ThinBlock>();
        team.For(tiles.Count, tile =>
        {
            if (!scratch.TryTake(out ThinBlock? sums))
                sums = new ThinBlock(tiles.Size, width);
            int start = tiles.Start(tile);
            int rows = tiles.End(tile) - start;
            GatherRows(matrix, start, rows, scaled, sums, 0);
            for (int i = 0; i < rows; i++)
            {
                Span<double> row = sums.Row(i);
                for (int j = 0; j < width && shift is not null; j++)
                    row[j] -= shift[j];
                use(start + i, row);
            }

            scratch.Add(sums);
        });
    }

    /// <summary>output ← Z · block.</summary>
    internal void Multiply(ThinBlock block, ThinBlock output, ThreadTeam team) =>
        MultiplyRows(block, team, (row, values) => values.CopyTo(output.Row(row)));

    /// <summary>output ← Zᵀ · block.</summary>
    internal void MultiplyTransposed(ThinBlock block, ThinBlock output, ThreadTeam team)
    {
        double[]? sums = _offsets is null ? null : WeightedColumnSums(block, null, team);
        RowTiles tiles = RowTiles.ForProducts(Columns);
        int width = block.Columns;
        team.For(tiles.Count, tile =>
        {
            int start = tiles.Start(tile);
            GatherRows(_transpose, start, tiles.End(tile) - start, block, output, start);
            for (int feature = start; feature < tiles.End(tile); feature++)
            {
                double offset = sums is null ? 0 : _offsets![feature];
                double factor = _factors is null ? 1 : _factors[feature];
                Span<double> row = output.Row(feature);
                for (int j = 0; j < width; j++)
                    row[j] = factor * (sums is null ? row[j] : row[j] - (offset * sums[j]));
            }
        });
    }

    /// <summary>
    /// output[outputStart …] ← matrix[start …] · block, panel by panel of the block's rows: a panel stays in the cache while
    /// all rows of the tile take from it. Each row adds in the order of its columns, whatever the panels.
    /// </summary>
    private static void GatherRows(CsrMatrix matrix, int start, int rows, ThinBlock block, ThinBlock output, int outputStart)
    {
        int panel = int.Max(64, PanelDoubles / int.Max(block.Stride, 1));
        int[] done = new int[rows];
        for (int i = 0; i < rows; i++)
            output.PaddedRow(outputStart + i).Clear();
        fixed (double* b = block.Values)
        {
            for (long end = panel; end - panel < block.Rows; end += panel)
            {
                for (int i = 0; i < rows; i++)
                {
                    ReadOnlySpan<int> columns = matrix.RowColumns(start + i)[done[i]..];
                    int count = block.Rows <= end ? columns.Length : CountBelow(columns, (int)end);
                    fixed (int* c = columns)
                    fixed (float* v = matrix.RowValues(start + i)[done[i]..])
                    fixed (double* o = output.PaddedRow(outputStart + i))
                        BlockKernels.Gather(c, v, count, b, block.Stride, o);
                    done[i] += count;
                }
            }
        }
    }

    private static int CountBelow(ReadOnlySpan<int> columns, int end)
    {
        int low = 0, high = columns.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (columns[middle] < end)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private static ThinBlock ScaleRows(ThinBlock block, double[] factors, ThreadTeam team)
    {
        var scaled = new ThinBlock(block.Rows, block.Columns);
        RowTiles tiles = RowTiles.For(block.Rows);
        team.For(tiles.Count, tile =>
        {
            for (int row = tiles.Start(tile); row < tiles.End(tile); row++)
            {
                Span<double> from = block.Row(row);
                Span<double> to = scaled.Row(row);
                for (int j = 0; j < to.Length; j++)
                    to[j] = factors[row] * from[j];
            }
        });
        return scaled;
    }

    private static double[] WeightedColumnSums(ThinBlock block, double[]? weights, ThreadTeam team)
    {
        RowTiles tiles = RowTiles.ForReduction(block.Rows);
        var partial = new double[tiles.Count][];
        team.For(tiles.Count, tile =>
        {
            double[] sums = new double[block.Columns];
            for (int row = tiles.Start(tile); row < tiles.End(tile); row++)
                BlockKernels.AddScaled(sums, weights is null ? 1 : weights[row], block.Row(row));
            partial[tile] = sums;
        });
        double[] total = new double[block.Columns];
        foreach (double[] sums in partial)
            BlockKernels.AddScaled(total, 1, sums);
        return total;
    }
}
