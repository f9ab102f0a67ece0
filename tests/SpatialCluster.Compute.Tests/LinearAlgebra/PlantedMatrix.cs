using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Compute.Tests.LinearAlgebra;

/// <summary>Matrices of which the decomposition is known, or that are plainly random.</summary>
internal static class PlantedMatrix
{
    /// <summary>Σ s_j u_j v_jᵀ with orthonormal u and v (Gram–Schmidt on Gaussian vectors).</summary>
    public static (CsrMatrix Matrix, double[][] Left, double[][] Right) OfRank(int rows, int columns, double[] singularValues, ulong seed)
    {
        var random = new RandomStream(seed);
        double[][] left = Orthonormal(rows, singularValues.Length, random);
        double[][] right = Orthonormal(columns, singularValues.Length, random);
        float[] dense = new float[rows * columns];
        for (int i = 0; i < rows; i++)
        {
            for (int g = 0; g < columns; g++)
            {
                double sum = 0;
                for (int j = 0; j < singularValues.Length; j++)
                    sum += singularValues[j] * left[j][i] * right[j][g];
                dense[(i * columns) + g] = (float)sum;
            }
        }

        return (FromDense(rows, columns, dense), left, right);
    }

    public static CsrMatrix RandomSparse(int rows, int columns, double density, ulong seed)
    {
        var random = new RandomStream(seed);
        float[] dense = new float[rows * columns];
        for (int at = 0; at < dense.Length; at++)
            dense[at] = random.NextDouble() < density ? 1 + random.NextInt(9) : 0;
        return FromDense(rows, columns, dense);
    }

    public static CsrMatrix FromDense(int rows, int columns, float[] dense)
    {
        long[] pointers = new long[rows + 1];
        var indices = new List<int>();
        var values = new List<float>();
        for (int i = 0; i < rows; i++)
        {
            for (int g = 0; g < columns; g++)
            {
                if (dense[(i * columns) + g] == 0)
                    continue;
                indices.Add(g);
                values.Add(dense[(i * columns) + g]);
            }

            pointers[i + 1] = indices.Count;
        }

        return new CsrMatrix(rows, columns, pointers, [.. indices], [.. values]);
    }

    public static float[] ToDense(CsrMatrix matrix)
    {
        float[] dense = new float[matrix.Rows * matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int e = 0; e < matrix.RowColumns(i).Length; e++)
                dense[(i * matrix.Columns) + matrix.RowColumns(i)[e]] = matrix.RowValues(i)[e];
        }

        return dense;
    }

    private static double[][] Orthonormal(int length, int count, RandomStream random)
    {
        double[][] vectors = new double[count][];
        for (int j = 0; j < count; j++)
        {
            double[] v = [.. Enumerable.Range(0, length).Select(_ => random.NextGaussian())];
            for (int pass = 0; pass < 2; pass++)
            {
                for (int k = 0; k < j; k++)
                {
                    double overlap = v.Zip(vectors[k], (a, b) => a * b).Sum();
                    for (int i = 0; i < length; i++)
                        v[i] -= overlap * vectors[k][i];
                }
            }

            double norm = Math.Sqrt(v.Sum(a => a * a));
            vectors[j] = [.. v.Select(a => a / norm)];
        }

        return vectors;
    }
}
