using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// Thin QR by way of the Gram matrix (Cholesky QR; repeated once, the columns are orthonormal to working precision:
/// Yamamoto et al., ETNA 44, 2015). A column that depends on those before it (an angle below 10⁻⁶) becomes zero instead of
/// noise, so rank-deficient blocks are welcome.
/// </summary>
internal static unsafe class Orthonormalization
{
    private const double Dependent = 1e-12;

    /// <summary>Orthonormalises the columns in place.</summary>
    /// <param name="block">The block; its column space is kept.</param>
    /// <param name="passes">1 conditions well enough for an iteration, 2 gives orthonormal columns.</param>
    /// <param name="team">Who works.</param>
    public static void Run(ThinBlock block, int passes, ThreadTeam team)
    {
        for (int pass = 0; pass < passes; pass++)
            MultiplyRight(block, Weights(block, team), team);
    }

    /// <summary>The W that makes block · W orthonormal, in the block's stride.</summary>
    public static double[] Weights(ThinBlock block, ThreadTeam team) =>
        InverseCholesky(GramMatrix.OfColumns(block, team), block.Columns, block.Stride);

    /// <summary>block ← block · W, with W square in the block's stride.</summary>
    public static void MultiplyRight(ThinBlock block, double[] weights, ThreadTeam team)
    {
        RowTiles tiles = RowTiles.For(block.Rows);
        int stride = block.Stride;
        team.For(tiles.Count, tile =>
        {
            double[] sums = new double[stride];
            for (int row = tiles.Start(tile); row < tiles.End(tile); row++)
            {
                Span<double> values = block.PaddedRow(row);
                Array.Clear(sums);
                fixed (double* s = sums, w = weights, v = values)
                {
                    for (int i = 0; i < stride; i += 4)
                    {
                        double* at = w + (i * stride);
                        BlockKernels.AddScaled(s, at, at + stride, at + (2 * stride), at + (3 * stride), v[i], v[i + 1], v[i + 2], v[i + 3], stride);
                    }
                }

                sums.CopyTo(values);
            }
        });
    }

    /// <summary>R⁻¹ of gram = RᵀR (upper), rows and columns of dependent columns zero.</summary>
    private static double[] InverseCholesky(double[] gram, int columns, int stride)
    {
        double[] upper = new double[stride * stride];
        for (int j = 0; j < columns; j++)
        {
            double pivot = gram[(j * stride) + j];
            for (int k = 0; k < j; k++)
                pivot -= upper[(k * stride) + j] * upper[(k * stride) + j];
            if (!(pivot > Dependent * gram[(j * stride) + j]))
                continue;
            double diagonal = Math.Sqrt(pivot);
            upper[(j * stride) + j] = diagonal;
            for (int i = j + 1; i < columns; i++)
            {
                double sum = gram[(j * stride) + i];
                for (int k = 0; k < j; k++)
                    sum -= upper[(k * stride) + j] * upper[(k * stride) + i];
                upper[(j * stride) + i] = sum / diagonal;
            }
        }

        double[] inverse = new double[stride * stride];
        for (int j = 0; j < columns; j++)
        {
            double diagonal = upper[(j * stride) + j];
            if (diagonal == 0)
                continue;
            inverse[(j * stride) + j] = 1 / diagonal;
            for (int i = 0; i < j; i++)
            {
                double sum = 0;
                for (int k = i; k < j; k++)
                    sum += inverse[(i * stride) + k] * upper[(k * stride) + j];
                inverse[(i * stride) + j] = -sum / diagonal;
            }
        }

        return inverse;
    }
}
