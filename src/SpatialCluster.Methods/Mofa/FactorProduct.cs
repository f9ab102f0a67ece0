using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Methods.Mofa;

/// <summary>
/// C ← C + A B for a float A and thin B and C in double. Each element of C is one sum over k = 0, 1, 2, …, products being
/// rounded before they are added, so that every vector width gives the same bytes.
/// </summary>
internal static unsafe class FactorProduct
{
    // Four rows of three vectors: twelve sums that stay in registers.
    private const int BlockRows = 4, Lanes = 4, WideColumns = 12;

    /// <summary>Accumulates a product.</summary>
    /// <param name="a">A(i, k) lies at <c>a + i * rowStride + k * innerStride</c>.</param>
    /// <param name="rowStride">Floats between two rows of A.</param>
    /// <param name="innerStride">Floats between two columns of A.</param>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="inner">Columns of A, rows of B.</param>
    /// <param name="b">B, rows <paramref name="width"/> doubles apart.</param>
    /// <param name="c">C, rows <paramref name="width"/> doubles apart.</param>
    /// <param name="width">Columns of B and C: a multiple of four.</param>
    public static void Accumulate(float* a, long rowStride, long innerStride, int rows, int inner, double* b, double* c, int width)
    {
        int column = 0;
        for (; column + WideColumns <= width; column += WideColumns)
        {
            int row = 0;
            for (; row + BlockRows <= rows; row += BlockRows)
                Wide(a + (row * rowStride), rowStride, innerStride, inner, b + column, c + ((long)row * width) + column, width);
            for (; row < rows; row++)
                Narrow(a + (row * rowStride), innerStride, inner, b + column, c + ((long)row * width) + column, width, WideColumns);
        }

        for (int row = 0; row < rows && column < width; row++)
            Narrow(a + (row * rowStride), innerStride, inner, b + column, c + ((long)row * width) + column, width, width - column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Wide(float* a, long rowStride, long innerStride, int inner, double* b, double* c, int width)
    {
        double* c1 = c + width;
        double* c2 = c1 + width;
        double* c3 = c2 + width;
        Vector256<double> s00 = Vector256.Load(c), s01 = Vector256.Load(c + 4), s02 = Vector256.Load(c + 8);
        Vector256<double> s10 = Vector256.Load(c1), s11 = Vector256.Load(c1 + 4), s12 = Vector256.Load(c1 + 8);
        Vector256<double> s20 = Vector256.Load(c2), s21 = Vector256.Load(c2 + 4), s22 = Vector256.Load(c2 + 8);
        Vector256<double> s30 = Vector256.Load(c3), s31 = Vector256.Load(c3 + 4), s32 = Vector256.Load(c3 + 8);
        for (int k = 0; k < inner; k++, a += innerStride, b += width)
        {
            Vector256<double> b0 = Vector256.Load(b), b1 = Vector256.Load(b + 4), b2 = Vector256.Load(b + 8);
            Vector256<double> f = Vector256.Create((double)a[0]);
            s00 += f * b0;
            s01 += f * b1;
            s02 += f * b2;
            f = Vector256.Create((double)a[rowStride]);
            s10 += f * b0;
            s11 += f * b1;
            s12 += f * b2;
            f = Vector256.Create((double)a[2 * rowStride]);
            s20 += f * b0;
            s21 += f * b1;
            s22 += f * b2;
            f = Vector256.Create((double)a[3 * rowStride]);
            s30 += f * b0;
            s31 += f * b1;
            s32 += f * b2;
        }

        s00.Store(c);
        s01.Store(c + 4);
        s02.Store(c + 8);
        s10.Store(c1);
        s11.Store(c1 + 4);
        s12.Store(c1 + 8);
        s20.Store(c2);
        s21.Store(c2 + 4);
        s22.Store(c2 + 8);
        s30.Store(c3);
        s31.Store(c3 + 4);
        s32.Store(c3 + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Narrow(float* a, long innerStride, int inner, double* b, double* c, int width, int columns)
    {
        for (int column = 0; column < columns; column += Lanes)
        {
            Vector256<double> sum = Vector256.Load(c + column);
            for (int k = 0; k < inner; k++)
                sum += Vector256.Create((double)a[k * innerStride]) * Vector256.Load(b + ((long)k * width) + column);
            sum.Store(c + column);
        }
    }
}
