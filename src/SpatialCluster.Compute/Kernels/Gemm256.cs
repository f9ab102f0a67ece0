using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Compute.Kernels;

/// <summary>Products with 256-bit vectors: register tiles of 6 rows × 16 columns, 12 accumulators and 3 operands in 16 registers.</summary>
internal static unsafe class Gemm256
{
    public static void Run(in GemmOperands g)
    {
        for (int column = 0; column < g.Width; column += 16)
        {
            int row = 0;
            for (; row + 6 <= g.Rows; row += 6)
                Kernel6x16(g, row, column);
            for (; row < g.Rows; row++)
                Kernel1x16(g, row, column);
        }
    }

    private static void Kernel6x16(in GemmOperands g, int row, int column)
    {
        float* b = g.B + (column / PackedMatrix.PanelWidth * g.PanelStride) + (column % PackedMatrix.PanelWidth);
        long bStride = g.BStride, step = g.InnerStride, rowStride = g.RowStride, end = g.Inner * g.InnerStride;
        float* a0 = g.A + (row * rowStride);
        float* a1 = a0 + rowStride;
        float* a2 = a1 + rowStride;
        float* a3 = a2 + rowStride;
        float* a4 = a3 + rowStride;
        float* a5 = a4 + rowStride;
        float* c = g.C + (row * g.CStride) + column;
        Vector256<float> s00;
        Vector256<float> s01;
        Vector256<float> s10;
        Vector256<float> s11;
        Vector256<float> s20;
        Vector256<float> s21;
        Vector256<float> s30;
        Vector256<float> s31;
        Vector256<float> s40;
        Vector256<float> s41;
        Vector256<float> s50;
        Vector256<float> s51;
        if (g.Bias is not null)
        {
            Vector256<float> bias0 = Vector256.Load(g.Bias + column + 0);
            Vector256<float> bias1 = Vector256.Load(g.Bias + column + 8);
            s00 = bias0; s01 = bias1;
            s10 = bias0; s11 = bias1;
            s20 = bias0; s21 = bias1;
            s30 = bias0; s31 = bias1;
            s40 = bias0; s41 = bias1;
            s50 = bias0; s51 = bias1;
        }
        else if (g.Accumulate)
        {
            s00 = Vector256.Load(c + (0 * g.CStride) + 0); s01 = Vector256.Load(c + (0 * g.CStride) + 8);
            s10 = Vector256.Load(c + (1 * g.CStride) + 0); s11 = Vector256.Load(c + (1 * g.CStride) + 8);
            s20 = Vector256.Load(c + (2 * g.CStride) + 0); s21 = Vector256.Load(c + (2 * g.CStride) + 8);
            s30 = Vector256.Load(c + (3 * g.CStride) + 0); s31 = Vector256.Load(c + (3 * g.CStride) + 8);
            s40 = Vector256.Load(c + (4 * g.CStride) + 0); s41 = Vector256.Load(c + (4 * g.CStride) + 8);
            s50 = Vector256.Load(c + (5 * g.CStride) + 0); s51 = Vector256.Load(c + (5 * g.CStride) + 8);
        }
        else
        {
            s00 = Vector256<float>.Zero; s01 = Vector256<float>.Zero;
            s10 = Vector256<float>.Zero; s11 = Vector256<float>.Zero;
            s20 = Vector256<float>.Zero; s21 = Vector256<float>.Zero;
            s30 = Vector256<float>.Zero; s31 = Vector256<float>.Zero;
            s40 = Vector256<float>.Zero; s41 = Vector256<float>.Zero;
            s50 = Vector256<float>.Zero; s51 = Vector256<float>.Zero;
        }

        for (long k = 0; k < end; k += step)
        {
            Vector256<float> b0 = Vector256.Load(b + 0);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x0 = Vector256.Create(a0[k]);
            s00 = Vector256.FusedMultiplyAdd(x0, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(x0, b1, s01);
            Vector256<float> x1 = Vector256.Create(a1[k]);
            s10 = Vector256.FusedMultiplyAdd(x1, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(x1, b1, s11);
            Vector256<float> x2 = Vector256.Create(a2[k]);
            s20 = Vector256.FusedMultiplyAdd(x2, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(x2, b1, s21);
            Vector256<float> x3 = Vector256.Create(a3[k]);
            s30 = Vector256.FusedMultiplyAdd(x3, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(x3, b1, s31);
            Vector256<float> x4 = Vector256.Create(a4[k]);
            s40 = Vector256.FusedMultiplyAdd(x4, b0, s40);
            s41 = Vector256.FusedMultiplyAdd(x4, b1, s41);
            Vector256<float> x5 = Vector256.Create(a5[k]);
            s50 = Vector256.FusedMultiplyAdd(x5, b0, s50);
            s51 = Vector256.FusedMultiplyAdd(x5, b1, s51);
            b += bStride;
        }

        Store(g, c, 0, 0, s00);
        Store(g, c, 0, 8, s01);
        Store(g, c, 1, 0, s10);
        Store(g, c, 1, 8, s11);
        Store(g, c, 2, 0, s20);
        Store(g, c, 2, 8, s21);
        Store(g, c, 3, 0, s30);
        Store(g, c, 3, 8, s31);
        Store(g, c, 4, 0, s40);
        Store(g, c, 4, 8, s41);
        Store(g, c, 5, 0, s50);
        Store(g, c, 5, 8, s51);
    }

    private static void Kernel1x16(in GemmOperands g, int row, int column)
    {
        float* b = g.B + (column / PackedMatrix.PanelWidth * g.PanelStride) + (column % PackedMatrix.PanelWidth);
        long bStride = g.BStride, step = g.InnerStride, rowStride = g.RowStride, end = g.Inner * g.InnerStride;
        float* a0 = g.A + (row * rowStride);
        float* c = g.C + (row * g.CStride) + column;
        Vector256<float> s00;
        Vector256<float> s01;
        if (g.Bias is not null)
        {
            Vector256<float> bias0 = Vector256.Load(g.Bias + column + 0);
            Vector256<float> bias1 = Vector256.Load(g.Bias + column + 8);
            s00 = bias0; s01 = bias1;
        }
        else if (g.Accumulate)
        {
            s00 = Vector256.Load(c + (0 * g.CStride) + 0); s01 = Vector256.Load(c + (0 * g.CStride) + 8);
        }
        else
        {
            s00 = Vector256<float>.Zero; s01 = Vector256<float>.Zero;
        }

        for (long k = 0; k < end; k += step)
        {
            Vector256<float> b0 = Vector256.Load(b + 0);
            Vector256<float> b1 = Vector256.Load(b + 8);
            Vector256<float> x0 = Vector256.Create(a0[k]);
            s00 = Vector256.FusedMultiplyAdd(x0, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(x0, b1, s01);
            b += bStride;
        }

        Store(g, c, 0, 0, s00);
        Store(g, c, 0, 8, s01);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in GemmOperands g, float* c, int row, int column, Vector256<float> value)
    {
        long place = (row * g.CStride) + column;
        if (g.Relu)
            value = Vector256.Max(value, Vector256<float>.Zero);
        if (g.Gate is not null)
            value &= Vector256.GreaterThan(Vector256.Load(g.Gate + (c - g.C) + place), Vector256<float>.Zero);
        value.Store(c + place);
    }
}
