using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// Subspace iteration from a random block, accelerated by a Chebyshev filter: only thin blocks beside the sparse matrix. Plain
/// power iterations, as the originals use, leave the trailing components of a flat spectrum far from converged, and with them
/// features that depend on the seed.
/// </summary>
internal static class RandomizedSvd
{
    private const int PlainIterations = 2;

    /// <summary>Of eigenvalues of ZᵀZ, the first over the damped: one filter step multiplies by at most four times this.</summary>
    private const double SteepestRatio = 1e5;

    public static int BlockWidth(int components, int oversampling) =>
        (components + oversampling + ThinBlock.Lanes - 1) / ThinBlock.Lanes * ThinBlock.Lanes;

    public static (double[] Values, ThinBlock Vectors) Of(SparseOperator matrix, int width, int powerIterations, ThreadTeam team, RandomStream random)
    {
        var right = new ThinBlock(matrix.Columns, width);
        RandomStream stream = random.Derive("randomized-svd");
        for (int row = 0; row < right.Rows; row++)
        {
            foreach (ref double value in right.Row(row))
                value = stream.NextGaussian();
        }

        var left = new ThinBlock(matrix.Rows, width);
        matrix.Multiply(right, left, team);
        int plain = int.Min(powerIterations, PlainIterations);
        Iterate(matrix, right, left, plain, team);
        double bound = DampedBound(left, team);
        if (bound > 0)
            right = Accelerate(matrix, right, left, powerIterations - plain, bound, team);
        else
            Iterate(matrix, right, left, powerIterations - plain, team);
        Orthonormalization.Run(left, passes: 2, team);
        matrix.MultiplyTransposed(left, right, team);
        return RotateToSingularVectors(right, team);
    }

    /// <summary>Subspace iteration: right ← orth(Zᵀ orth(left)), left ← Z right.</summary>
    private static void Iterate(SparseOperator matrix, ThinBlock right, ThinBlock left, int iterations, ThreadTeam team)
    {
        for (int iteration = 0; iteration < iterations; iteration++)
        {
            Orthonormalization.Run(left, passes: 1, team);
            matrix.MultiplyTransposed(left, right, team);
            Orthonormalization.Run(right, passes: 2, team);
            matrix.Multiply(right, left, team);
        }
    }

    /// <summary>
    /// The least Ritz value of ZᵀZ, below which the filter damps; 0 where acceleration would not be safe: the block holds the
    /// whole range already, or the spectrum is so steep that a filtered block would lose its small directions to rounding.
    /// </summary>
    private static double DampedBound(ThinBlock left, ThreadTeam team)
    {
        int width = left.Columns;
        double[] padded = GramMatrix.OfColumns(left, team);
        double[] gram = new double[width * width];
        for (int i = 0; i < width; i++)
            Array.Copy(padded, i * left.Stride, gram, i * width, width);
        double[] values = SymmetricEigen.Decompose(gram, width).Values;
        return values[^1] * SteepestRatio > values[0] ? values[^1] : 0;
    }

    /// <summary>
    /// Applies the Chebyshev polynomial of ZᵀZ that is small on [0, bound] and grows fastest beyond (Zhou &amp; Saad, SIAM J.
    /// Matrix Anal. 29, 2007). The three-term recurrence is linear from the left, so both its blocks may be multiplied from the
    /// right by the same matrix after each step, which keeps them well conditioned.
    /// </summary>
    private static ThinBlock Accelerate(SparseOperator matrix, ThinBlock start, ThinBlock left, int degree, double bound, ThreadTeam team)
    {
        ThinBlock current = start;
        var previous = new ThinBlock(start.Rows, start.Columns);
        var product = new ThinBlock(start.Rows, start.Columns);
        double half = bound / 2;
        for (int step = 0; step < degree; step++)
        {
            matrix.MultiplyTransposed(left, product, team);
            double factor = (step == 0 ? 1 : 2) / half;
            CombineInto(previous, product, current, factor, half, team);
            (current, previous) = (previous, current);
            double[] weights = Orthonormalization.Weights(current, team);
            Orthonormalization.MultiplyRight(current, weights, team);
            if (step + 1 < degree)
                Orthonormalization.MultiplyRight(previous, weights, team);
            matrix.Multiply(current, left, team);
        }

        return current;
    }

    /// <summary>previous ← factor (product − half · current) − previous.</summary>
    private static void CombineInto(ThinBlock previous, ThinBlock product, ThinBlock current, double factor, double half, ThreadTeam team)
    {
        RowTiles tiles = RowTiles.For(previous.Rows);
        team.For(tiles.Count, tile =>
        {
            for (int row = tiles.Start(tile); row < tiles.End(tile); row++)
            {
                Span<double> before = previous.Row(row);
                Span<double> now = current.Row(row);
                Span<double> image = product.Row(row);
                for (int j = 0; j < before.Length; j++)
                    before[j] = (factor * (image[j] - (half * now[j]))) - before[j];
            }
        });
    }

    /// <summary>The singular values of B and its right vectors, from Bᵀ (features × width), in place.</summary>
    private static (double[] Values, ThinBlock Vectors) RotateToSingularVectors(ThinBlock transposed, ThreadTeam team)
    {
        int width = transposed.Columns;
        int stride = transposed.Stride;
        SymmetricEigen eigen = SymmetricEigen.Decompose(GramMatrix.OfColumns(transposed, team), width);
        double[] values = new double[width];
        double[] rotation = new double[stride * stride];
        for (int j = 0; j < width; j++)
        {
            values[j] = Math.Sqrt(Math.Max(eigen.Values[j], 0));
            ReadOnlySpan<double> vector = eigen.Vector(j);
            for (int i = 0; i < width && values[j] > 0; i++)
                rotation[(i * stride) + j] = vector[i] / values[j];
        }

        Orthonormalization.MultiplyRight(transposed, rotation, team);
        return (values, transposed);
    }
}
