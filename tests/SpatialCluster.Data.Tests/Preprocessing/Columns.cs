using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Data.Tests.Preprocessing;

/// <summary>Comparisons of matrices of which the columns have free signs.</summary>
internal static class Columns
{
    public static void ShouldAgreeUpToSign(Matrix ours, double[] theirs, double relative)
    {
        for (int j = 0; j < ours.Columns; j++)
        {
            double product = 0, largest = 0;
            for (int i = 0; i < ours.Rows; i++)
            {
                product += ours[i, j] * theirs[(i * ours.Columns) + j];
                largest = Math.Max(largest, Math.Abs(theirs[(i * ours.Columns) + j]));
            }

            for (int i = 0; i < ours.Rows; i++)
                ((double)ours[i, j]).ShouldBe(Math.Sign(product) * theirs[(i * ours.Columns) + j], relative * largest, $"spot {i}, component {j}");
        }
    }

    public static void ShouldHavePositiveExtremes(Matrix matrix)
    {
        for (int j = 0; j < matrix.Columns; j++)
            Enumerable.Range(0, matrix.Rows).Select(i => matrix[i, j]).MaxBy(Math.Abs).ShouldBeGreaterThan(0, $"component {j}");
    }
}
