using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>Inner products of columns or rows with each other, summed over fixed tiles.</summary>
internal static unsafe class GramMatrix
{
    /// <summary>blockᵀ · block, in the block's stride (padding zero).</summary>
    public static double[] OfColumns(ThinBlock block, ThreadTeam team)
    {
        int stride = block.Stride;
        RowTiles tiles = RowTiles.ForReduction(block.Rows);
        return SumOfTiles(tiles, stride, team, (tile, sums) => AddOuterProducts(block, tiles.Start(tile), tiles.End(tile), sums));
    }

    /// <summary>(X − 1 mᵀ)ᵀ (X − 1 mᵀ) of a dense matrix, columns × columns. Meant for few columns.</summary>
    public static double[] OfCenteredColumns(Matrix dense, double[] means, ThreadTeam team)
    {
        int columns = dense.Columns;
        var shape = new ThinBlock(0, columns);
        RowTiles tiles = RowTiles.ForReduction(dense.Rows, columns <= 128 ? 64 : 16);
        double[] padded = SumOfTiles(tiles, shape.Stride, team, (tile, sums) =>
        {
            const int Batch = 32;
            for (int start = tiles.Start(tile); start < tiles.End(tile); start += Batch)
            {
                int rows = int.Min(Batch, tiles.End(tile) - start);
                var batch = new ThinBlock(rows, columns);
                for (int i = 0; i < rows; i++)
                {
                    Span<float> from = dense.Row(start + i);
                    Span<double> to = batch.Row(i);
                    for (int j = 0; j < columns; j++)
                        to[j] = from[j] - means[j];
                }

                AddOuterProducts(batch, 0, rows, sums);
            }
        });
        double[] gram = new double[columns * columns];
        for (int i = 0; i < columns; i++)
            Array.Copy(padded, i * shape.Stride, gram, i * columns, columns);
        return gram;
    }

    /// <summary>A D² Aᵀ for sparse A (rows × rows), one owner per row. Meant for few rows.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="transpose">Aᵀ.</param>
    /// <param name="columnWeights">The diagonal of D², or null for 1.</param>
    /// <param name="team">Who works.</param>
    public static double[] OfRows(CsrMatrix matrix, CsrMatrix transpose, double[]? columnWeights, ThreadTeam team)
    {
        int rows = matrix.Rows;
        double[] gram = new double[rows * rows];
        team.For(rows, row =>
        {
            Span<double> sums = gram.AsSpan(row * rows, rows);
            ReadOnlySpan<int> columns = matrix.RowColumns(row);
            ReadOnlySpan<float> values = matrix.RowValues(row);
            for (int e = 0; e < columns.Length; e++)
            {
                double factor = columnWeights is null ? values[e] : values[e] * columnWeights[columns[e]];
                ReadOnlySpan<int> others = transpose.RowColumns(columns[e]);
                ReadOnlySpan<float> theirs = transpose.RowValues(columns[e]);
                for (int o = 0; o < others.Length; o++)
                    sums[others[o]] += factor * theirs[o];
            }
        });
        return gram;
    }

    private static double[] SumOfTiles(RowTiles tiles, int stride, ThreadTeam team, Action<int, double[]> add)
    {
        var partial = new double[tiles.Count][];
        team.For(tiles.Count, tile =>
        {
            partial[tile] = new double[stride * stride];
            add(tile, partial[tile]);
        });
        double[] total = new double[stride * stride];
        foreach (double[] sums in partial)
            BlockKernels.AddScaled(total, 1, sums);
        return total;
    }

    private static void AddOuterProducts(ThinBlock block, int start, int end, double[] sums)
    {
        int stride = block.Stride;
        int columns = block.Columns;
        double[] zero = new double[stride];
        fixed (double* g = sums, values = block.Values, z = zero)
        {
            for (int row = start; row < end; row += 4)
            {
                // Rows past the end are a row of zeros: the same four-row kernel for every tile.
                double* r0 = values + ((long)row * stride);
                double* r1 = row + 1 < end ? r0 + stride : z;
                double* r2 = row + 2 < end ? r0 + (2 * stride) : z;
                double* r3 = row + 3 < end ? r0 + (3 * stride) : z;
                for (int i = 0; i < columns; i++)
                    BlockKernels.AddScaled(g + (i * stride), r0, r1, r2, r3, r0[i], r1[i], r2[i], r3[i], stride);
            }
        }
    }
}
