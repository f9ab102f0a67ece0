using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Compute.Tests.LinearAlgebra;

public class SymmetricEigenTests
{
    [Fact]
    public void Decompose_SecondDifferenceMatrix_GivesItsKnownSpectrum()
    {
        // tridiag(−1, 2, −1) has the eigenvalues 2 − 2 cos(kπ/(n+1)).
        const int Size = 40;
        double[] a = new double[Size * Size];
        for (int i = 0; i < Size; i++)
        {
            a[(i * Size) + i] = 2;
            if (i > 0)
                a[(i * Size) + i - 1] = a[((i - 1) * Size) + i] = -1;
        }

        SymmetricEigen eigen = SymmetricEigen.Decompose(a, Size);
        for (int k = 1; k <= Size; k++)
            eigen.Values[Size - k].ShouldBe(2 - (2 * Math.Cos(k * Math.PI / (Size + 1))), 1e-13);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(61)]
    [InlineData(150)]
    public void Decompose_RandomMatrix_VectorsAreOrthonormalAndEigen(int size)
    {
        double[] a = RandomSymmetric(size, (ulong)size);
        SymmetricEigen eigen = SymmetricEigen.Decompose([.. a], size);
        double scale = Math.Max(Math.Abs(eigen.Values[0]), Math.Abs(eigen.Values[^1]));
        for (int j = 0; j < size; j++)
        {
            double[] v = eigen.Vector(j).ToArray();
            for (int i = 0; i < size; i++)
            {
                double product = 0;
                for (int k = 0; k < size; k++)
                    product += a[(i * size) + k] * v[k];
                // Backward stability: residuals of a few hundred roundings of the largest eigenvalue.
                product.ShouldBe(eigen.Values[j] * v[i], 1e-13 * size * scale);
            }

            for (int other = 0; other <= j; other++)
            {
                double overlap = v.Zip(eigen.Vector(other).ToArray(), (x, y) => x * y).Sum();
                overlap.ShouldBe(other == j ? 1 : 0, 1e-13 * size);
            }
        }
    }

    [Fact]
    public void Decompose_RepeatedEigenvalues_StillGivesAnOrthonormalBasis()
    {
        // I + 1 1ᵀ: 1 + n once, 1 else.
        const int Size = 12;
        double[] a = [.. Enumerable.Range(0, Size * Size).Select(at => at / Size == at % Size ? 2.0 : 1.0)];
        SymmetricEigen eigen = SymmetricEigen.Decompose(a, Size);
        eigen.Values[0].ShouldBe(13, 1e-12);
        eigen.Values[1..].ShouldAllBe(value => Math.Abs(value - 1) < 1e-12);
    }

    [Fact]
    public void Decompose_ZeroMatrix_GivesZeros() =>
        SymmetricEigen.Decompose(new double[25], 5).Values.ShouldAllBe(value => value == 0);

    private static double[] RandomSymmetric(int size, ulong seed)
    {
        var random = new RandomStream(seed);
        double[] a = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
                a[(i * size) + j] = a[(j * size) + i] = random.NextGaussian();
        }

        return a;
    }
}
