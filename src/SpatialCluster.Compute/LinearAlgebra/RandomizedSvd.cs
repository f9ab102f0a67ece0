using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// Randomised range finder with power iterations (Halko, Martinsson &amp; Tropp, SIAM Review 53, 2011), with the block width and the
/// number of iterations that scikit-learn takes by default. The originals' features come from it, and on a flat, noisy
/// spectrum that matters: its trailing components hold less of the noise than the exact ones would.
/// </summary>
internal static class RandomizedSvd
{
    /// <summary>scikit-learn's default: 7 iterations where few components are wanted of many, else 4.</summary>
    public static int DefaultPowerIterations(int components, int smallerSide) => components < 0.1 * smallerSide ? 7 : 4;

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
        Iterate(matrix, right, left, powerIterations, team);
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

    /// <summary>The singular values of B and its right vectors, from Bᵀ (features × width), in place.</summary>
    private static (double[] Values, ThinBlock Vectors) RotateToSingularVectors(ThinBlock transposed, ThreadTeam team)
    {
        int width = transposed.Columns;
        int stride = transposed.Stride;
        SymmetricEigen eigen = SymmetricEigen.Decompose(Compact(GramMatrix.OfColumns(transposed, team), width, stride), width);
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

    private static double[] Compact(double[] padded, int width, int stride)
    {
        double[] square = new double[width * width];
        for (int i = 0; i < width; i++)
            Array.Copy(padded, i * stride, square, i * width, width);
        return square;
    }
}
