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
        RowTiles tiles = RowTiles.For(matrix.Rows);
        int stride = scaled.Stride;
        int width = scaled.Columns;
        team.For(tiles.Count, tile =>
        {
            double[] sums = new double[stride];
            for (int row = tiles.Start(tile); row < tiles.End(tile); row++)
            {
                GatherRow(matrix, row, scaled, sums);
                if (shift is not null)
                {
                    for (int j = 0; j < width; j++)
                        sums[j] -= shift[j];
                }

                use(row, sums.AsSpan(0, width));
            }
        });
    }

    /// <summary>output ← Z · block.</summary>
    internal void Multiply(ThinBlock block, ThinBlock output, ThreadTeam team) =>
        MultiplyRows(block, team, (row, values) => values.CopyTo(output.Row(row)));

    /// <summary>output ← Zᵀ · block.</summary>
    internal void MultiplyTransposed(ThinBlock block, ThinBlock output, ThreadTeam team)
    {
        double[]? sums = _offsets is null ? null : WeightedColumnSums(block, null, team);
        RowTiles tiles = RowTiles.For(Columns);
        int width = block.Columns;
        team.For(tiles.Count, tile =>
        {
            for (int feature = tiles.Start(tile); feature < tiles.End(tile); feature++)
            {
                Span<double> row = output.PaddedRow(feature);
                GatherRow(_transpose, feature, block, row);
                if (sums is not null)
                {
                    double offset = _offsets![feature];
                    for (int j = 0; j < width; j++)
                        row[j] -= offset * sums[j];
                }

                if (_factors is not null)
                {
                    double factor = _factors[feature];
                    for (int j = 0; j < width; j++)
                        row[j] *= factor;
                }
            }
        });
    }

    private static void GatherRow(CsrMatrix matrix, int row, ThinBlock block, Span<double> output)
    {
        ReadOnlySpan<int> columns = matrix.RowColumns(row);
        ReadOnlySpan<float> values = matrix.RowValues(row);
        fixed (int* c = columns)
        fixed (float* v = values)
        fixed (double* b = block.Values, o = output)
            BlockKernels.Gather(c, v, columns.Length, b, block.Stride, o);
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
