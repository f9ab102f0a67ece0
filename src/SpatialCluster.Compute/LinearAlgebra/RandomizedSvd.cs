using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>Subspace iteration from a random block: only thin blocks beside the sparse matrix.</summary>
internal static class RandomizedSvd
{
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
        for (int iteration = 0; iteration < powerIterations; iteration++)
        {
            Orthonormalization.Run(left, passes: 1, team);
            matrix.MultiplyTransposed(left, right, team);
            Orthonormalization.Run(right, passes: 1, team);
            matrix.Multiply(right, left, team);
        }

        Orthonormalization.Run(left, passes: 2, team);
        matrix.MultiplyTransposed(left, right, team);
        return RotateToSingularVectors(right, team);
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
