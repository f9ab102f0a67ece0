using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Tests;

/// <summary>Matrices to compute with.</summary>
internal static class RandomMatrix
{
    /// <summary>Uniform in [−1, 1).</summary>
    public static Matrix Uniform(int rows, int columns, Random random) => Fill(new Matrix(rows, columns), random);

    public static Matrix Fill(Matrix matrix, Random random, double scale = 1)
    {
        for (int i = 0; i < matrix.Rows; i++)
        {
            foreach (ref float x in matrix.Row(i))
                x = (float)(((random.NextDouble() * 2) - 1) * scale);
        }

        return matrix;
    }
}
