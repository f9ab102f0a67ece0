using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Compute.Kernels;

/// <summary>Products with 512-bit vectors: register tiles of 6 rows × 64 columns, 24 accumulators and 5 operands in 32 registers.</summary>
internal static unsafe class Gemm512
{
    public static void Run(in GemmOperands g)
    {
        int column = 0;
        for (; column + 64 <= g.Width; column += 64)
        {
            int row = 0;
            for (; row + 6 <= g.Rows; row += 6)
                Kernel6x64(g, row, column);
            for (; row + 4 <= g.Rows; row += 4)
                Kernel4x64(g, row, column);
            for (; row < g.Rows; row++)
                Kernel1x64(g, row, column);
        }

        for (; column < g.Width; column += 16)
        {
            int row = 0;
            for (; row + 6 <= g.Rows; row += 6)
                Kernel6x16(g, row, column);
            for (; row < g.Rows; row++)
                Kernel1x16(g, row, column);
        }
    }

    private static void Kernel6x64(in GemmOperands g, int row, int column)
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
        Vector512<float> s00;
        Vector512<float> s01;
        Vector512<float> s02;
        Vector512<float> s03;
        Vector512<float> s10;
        Vector512<float> s11;
        Vector512<float> s12;
        Vector512<float> s13;
        Vector512<float> s20;
        Vector512<float> s21;
        Vector512<float> s22;
        Vector512<float> s23;
        Vector512<float> s30;
        Vector512<float> s31;
        Vector512<float> s32;
        Vector512<float> s33;
        Vector512<float> s40;
        Vector512<float> s41;
        Vector512<float> s42;
        Vector512<float> s43;
        Vector512<float> s50;
        Vector512<float> s51;
        Vector512<float> s52;
        Vector512<float> s53;
        if (g.Bias is not null)
        {
            Vector512<float> bias0 = Vector512.Load(g.Bias + column + 0);
            Vector512<float> bias1 = Vector512.Load(g.Bias + column + 16);
            Vector512<float> bias2 = Vector512.Load(g.Bias + column + 32);
            Vector512<float> bias3 = Vector512.Load(g.Bias + column + 48);
            s00 = bias0; s01 = bias1; s02 = bias2; s03 = bias3;
            s10 = bias0; s11 = bias1; s12 = bias2; s13 = bias3;
            s20 = bias0; s21 = bias1; s22 = bias2; s23 = bias3;
            s30 = bias0; s31 = bias1; s32 = bias2; s33 = bias3;
            s40 = bias0; s41 = bias1; s42 = bias2; s43 = bias3;
            s50 = bias0; s51 = bias1; s52 = bias2; s53 = bias3;
        }
        else if (g.Accumulate)
        {
            s00 = Vector512.Load(c + (0 * g.CStride) + 0); s01 = Vector512.Load(c + (0 * g.CStride) + 16); s02 = Vector512.Load(c + (0 * g.CStride) + 32); s03 = Vector512.Load(c + (0 * g.CStride) + 48);
            s10 = Vector512.Load(c + (1 * g.CStride) + 0); s11 = Vector512.Load(c + (1 * g.CStride) + 16); s12 = Vector512.Load(c + (1 * g.CStride) + 32); s13 = Vector512.Load(c + (1 * g.CStride) + 48);
            s20 = Vector512.Load(c + (2 * g.CStride) + 0); s21 = Vector512.Load(c + (2 * g.CStride) + 16); s22 = Vector512.Load(c + (2 * g.CStride) + 32); s23 = Vector512.Load(c + (2 * g.CStride) + 48);
            s30 = Vector512.Load(c + (3 * g.CStride) + 0); s31 = Vector512.Load(c + (3 * g.CStride) + 16); s32 = Vector512.Load(c + (3 * g.CStride) + 32); s33 = Vector512.Load(c + (3 * g.CStride) + 48);
            s40 = Vector512.Load(c + (4 * g.CStride) + 0); s41 = Vector512.Load(c + (4 * g.CStride) + 16); s42 = Vector512.Load(c + (4 * g.CStride) + 32); s43 = Vector512.Load(c + (4 * g.CStride) + 48);
            s50 = Vector512.Load(c + (5 * g.CStride) + 0); s51 = Vector512.Load(c + (5 * g.CStride) + 16); s52 = Vector512.Load(c + (5 * g.CStride) + 32); s53 = Vector512.Load(c + (5 * g.CStride) + 48);
        }
        else
        {
            s00 = Vector512<float>.Zero; s01 = Vector512<float>.Zero; s02 = Vector512<float>.Zero; s03 = Vector512<float>.Zero;
            s10 = Vector512<float>.Zero; s11 = Vector512<float>.Zero; s12 = Vector512<float>.Zero; s13 = Vector512<float>.Zero;
            s20 = Vector512<float>.Zero; s21 = Vector512<float>.Zero; s22 = Vector512<float>.Zero; s23 = Vector512<float>.Zero;
            s30 = Vector512<float>.Zero; s31 = Vector512<float>.Zero; s32 = Vector512<float>.Zero; s33 = Vector512<float>.Zero;
            s40 = Vector512<float>.Zero; s41 = Vector512<float>.Zero; s42 = Vector512<float>.Zero; s43 = Vector512<float>.Zero;
            s50 = Vector512<float>.Zero; s51 = Vector512<float>.Zero; s52 = Vector512<float>.Zero; s53 = Vector512<float>.Zero;
        }

        for (long k = 0; k < end; k += step)
        {
            Vector512<float> b0 = Vector512.Load(b + 0);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> b2 = Vector512.Load(b + 32);
            Vector512<float> b3 = Vector512.Load(b + 48);
            Vector512<float> x0 = Vector512.Create(a0[k]);
            s00 = Vector512.FusedMultiplyAdd(x0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(x0, b1, s01);
            s02 = Vector512.FusedMultiplyAdd(x0, b2, s02);
            s03 = Vector512.FusedMultiplyAdd(x0, b3, s03);
            Vector512<float> x1 = Vector512.Create(a1[k]);
            s10 = Vector512.FusedMultiplyAdd(x1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(x1, b1, s11);
            s12 = Vector512.FusedMultiplyAdd(x1, b2, s12);
            s13 = Vector512.FusedMultiplyAdd(x1, b3, s13);
            Vector512<float> x2 = Vector512.Create(a2[k]);
            s20 = Vector512.FusedMultiplyAdd(x2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(x2, b1, s21);
            s22 = Vector512.FusedMultiplyAdd(x2, b2, s22);
            s23 = Vector512.FusedMultiplyAdd(x2, b3, s23);
            Vector512<float> x3 = Vector512.Create(a3[k]);
            s30 = Vector512.FusedMultiplyAdd(x3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(x3, b1, s31);
            s32 = Vector512.FusedMultiplyAdd(x3, b2, s32);
            s33 = Vector512.FusedMultiplyAdd(x3, b3, s33);
            Vector512<float> x4 = Vector512.Create(a4[k]);
            s40 = Vector512.FusedMultiplyAdd(x4, b0, s40);
            s41 = Vector512.FusedMultiplyAdd(x4, b1, s41);
            s42 = Vector512.FusedMultiplyAdd(x4, b2, s42);
            s43 = Vector512.FusedMultiplyAdd(x4, b3, s43);
            Vector512<float> x5 = Vector512.Create(a5[k]);
            s50 = Vector512.FusedMultiplyAdd(x5, b0, s50);
            s51 = Vector512.FusedMultiplyAdd(x5, b1, s51);
            s52 = Vector512.FusedMultiplyAdd(x5, b2, s52);
            s53 = Vector512.FusedMultiplyAdd(x5, b3, s53);
            b += bStride;
        }

        Store(g, c, 0, 0, s00);
        Store(g, c, 0, 16, s01);
        Store(g, c, 0, 32, s02);
        Store(g, c, 0, 48, s03);
        Store(g, c, 1, 0, s10);
        Store(g, c, 1, 16, s11);
        Store(g, c, 1, 32, s12);
        Store(g, c, 1, 48, s13);
        Store(g, c, 2, 0, s20);
        Store(g, c, 2, 16, s21);
        Store(g, c, 2, 32, s22);
        Store(g, c, 2, 48, s23);
        Store(g, c, 3, 0, s30);
        Store(g, c, 3, 16, s31);
        Store(g, c, 3, 32, s32);
        Store(g, c, 3, 48, s33);
        Store(g, c, 4, 0, s40);
        Store(g, c, 4, 16, s41);
        Store(g, c, 4, 32, s42);
        Store(g, c, 4, 48, s43);
        Store(g, c, 5, 0, s50);
        Store(g, c, 5, 16, s51);
        Store(g, c, 5, 32, s52);
        Store(g, c, 5, 48, s53);
    }

    private static void Kernel4x64(in GemmOperands g, int row, int column)
    {
        float* b = g.B + (column / PackedMatrix.PanelWidth * g.PanelStride) + (column % PackedMatrix.PanelWidth);
        long bStride = g.BStride, step = g.InnerStride, rowStride = g.RowStride, end = g.Inner * g.InnerStride;
        float* a0 = g.A + (row * rowStride);
        float* a1 = a0 + rowStride;
        float* a2 = a1 + rowStride;
        float* a3 = a2 + rowStride;
        float* c = g.C + (row * g.CStride) + column;
        Vector512<float> s00;
        Vector512<float> s01;
        Vector512<float> s02;
        Vector512<float> s03;
        Vector512<float> s10;
        Vector512<float> s11;
        Vector512<float> s12;
        Vector512<float> s13;
        Vector512<float> s20;
        Vector512<float> s21;
        Vector512<float> s22;
        Vector512<float> s23;
        Vector512<float> s30;
        Vector512<float> s31;
        Vector512<float> s32;
        Vector512<float> s33;
        if (g.Bias is not null)
        {
            Vector512<float> bias0 = Vector512.Load(g.Bias + column + 0);
            Vector512<float> bias1 = Vector512.Load(g.Bias + column + 16);
            Vector512<float> bias2 = Vector512.Load(g.Bias + column + 32);
            Vector512<float> bias3 = Vector512.Load(g.Bias + column + 48);
            s00 = bias0; s01 = bias1; s02 = bias2; s03 = bias3;
            s10 = bias0; s11 = bias1; s12 = bias2; s13 = bias3;
            s20 = bias0; s21 = bias1; s22 = bias2; s23 = bias3;
            s30 = bias0; s31 = bias1; s32 = bias2; s33 = bias3;
        }
        else if (g.Accumulate)
        {
            s00 = Vector512.Load(c + (0 * g.CStride) + 0); s01 = Vector512.Load(c + (0 * g.CStride) + 16); s02 = Vector512.Load(c + (0 * g.CStride) + 32); s03 = Vector512.Load(c + (0 * g.CStride) + 48);
            s10 = Vector512.Load(c + (1 * g.CStride) + 0); s11 = Vector512.Load(c + (1 * g.CStride) + 16); s12 = Vector512.Load(c + (1 * g.CStride) + 32); s13 = Vector512.Load(c + (1 * g.CStride) + 48);
            s20 = Vector512.Load(c + (2 * g.CStride) + 0); s21 = Vector512.Load(c + (2 * g.CStride) + 16); s22 = Vector512.Load(c + (2 * g.CStride) + 32); s23 = Vector512.Load(c + (2 * g.CStride) + 48);
            s30 = Vector512.Load(c + (3 * g.CStride) + 0); s31 = Vector512.Load(c + (3 * g.CStride) + 16); s32 = Vector512.Load(c + (3 * g.CStride) + 32); s33 = Vector512.Load(c + (3 * g.CStride) + 48);
        }
        else
        {
            s00 = Vector512<float>.Zero; s01 = Vector512<float>.Zero; s02 = Vector512<float>.Zero; s03 = Vector512<float>.Zero;
            s10 = Vector512<float>.Zero; s11 = Vector512<float>.Zero; s12 = Vector512<float>.Zero; s13 = Vector512<float>.Zero;
            s20 = Vector512<float>.Zero; s21 = Vector512<float>.Zero; s22 = Vector512<float>.Zero; s23 = Vector512<float>.Zero;
            s30 = Vector512<float>.Zero; s31 = Vector512<float>.Zero; s32 = Vector512<float>.Zero; s33 = Vector512<float>.Zero;
        }

        for (long k = 0; k < end; k += step)
        {
            Vector512<float> b0 = Vector512.Load(b + 0);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> b2 = Vector512.Load(b + 32);
            Vector512<float> b3 = Vector512.Load(b + 48);
            Vector512<float> x0 = Vector512.Create(a0[k]);
            s00 = Vector512.FusedMultiplyAdd(x0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(x0, b1, s01);
            s02 = Vector512.FusedMultiplyAdd(x0, b2, s02);
            s03 = Vector512.FusedMultiplyAdd(x0, b3, s03);
            Vector512<float> x1 = Vector512.Create(a1[k]);
            s10 = Vector512.FusedMultiplyAdd(x1, b0, s10);
            s11 = Vector512.FusedMultiplyAdd(x1, b1, s11);
            s12 = Vector512.FusedMultiplyAdd(x1, b2, s12);
            s13 = Vector512.FusedMultiplyAdd(x1, b3, s13);
            Vector512<float> x2 = Vector512.Create(a2[k]);
            s20 = Vector512.FusedMultiplyAdd(x2, b0, s20);
            s21 = Vector512.FusedMultiplyAdd(x2, b1, s21);
            s22 = Vector512.FusedMultiplyAdd(x2, b2, s22);
            s23 = Vector512.FusedMultiplyAdd(x2, b3, s23);
            Vector512<float> x3 = Vector512.Create(a3[k]);
            s30 = Vector512.FusedMultiplyAdd(x3, b0, s30);
            s31 = Vector512.FusedMultiplyAdd(x3, b1, s31);
            s32 = Vector512.FusedMultiplyAdd(x3, b2, s32);
            s33 = Vector512.FusedMultiplyAdd(x3, b3, s33);
            b += bStride;
        }

        Store(g, c, 0, 0, s00);
        Store(g, c, 0, 16, s01);
        Store(g, c, 0, 32, s02);
        Store(g, c, 0, 48, s03);
        Store(g, c, 1, 0, s10);
        Store(g, c, 1, 16, s11);
        Store(g, c, 1, 32, s12);
        Store(g, c, 1, 48, s13);
        Store(g, c, 2, 0, s20);
        Store(g, c, 2, 16, s21);
        Store(g, c, 2, 32, s22);
        Store(g, c, 2, 48, s23);
        Store(g, c, 3, 0, s30);
        Store(g, c, 3, 16, s31);
        Store(g, c, 3, 32, s32);
        Store(g, c, 3, 48, s33);
    }

    private static void Kernel1x64(in GemmOperands g, int row, int column)
    {
        float* b = g.B + (column / PackedMatrix.PanelWidth * g.PanelStride) + (column % PackedMatrix.PanelWidth);
        long bStride = g.BStride, step = g.InnerStride, rowStride = g.RowStride, end = g.Inner * g.InnerStride;
        float* a0 = g.A + (row * rowStride);
        float* c = g.C + (row * g.CStride) + column;
        Vector512<float> s00;
        Vector512<float> s01;
        Vector512<float> s02;
        Vector512<float> s03;
        if (g.Bias is not null)
        {
            Vector512<float> bias0 = Vector512.Load(g.Bias + column + 0);
            Vector512<float> bias1 = Vector512.Load(g.Bias + column + 16);
            Vector512<float> bias2 = Vector512.Load(g.Bias + column + 32);
            Vector512<float> bias3 = Vector512.Load(g.Bias + column + 48);
            s00 = bias0; s01 = bias1; s02 = bias2; s03 = bias3;
        }
        else if (g.Accumulate)
        {
            s00 = Vector512.Load(c + (0 * g.CStride) + 0); s01 = Vector512.Load(c + (0 * g.CStride) + 16); s02 = Vector512.Load(c + (0 * g.CStride) + 32); s03 = Vector512.Load(c + (0 * g.CStride) + 48);
        }
        else
        {
            s00 = Vector512<float>.Zero; s01 = Vector512<float>.Zero; s02 = Vector512<float>.Zero; s03 = Vector512<float>.Zero;
        }

        for (long k = 0; k < end; k += step)
        {
            Vector512<float> b0 = Vector512.Load(b + 0);
            Vector512<float> b1 = Vector512.Load(b + 16);
            Vector512<float> b2 = Vector512.Load(b + 32);
            Vector512<float> b3 = Vector512.Load(b + 48);
            Vector512<float> x0 = Vector512.Create(a0[k]);
            s00 = Vector512.FusedMultiplyAdd(x0, b0, s00);
            s01 = Vector512.FusedMultiplyAdd(x0, b1, s01);
            s02 = Vector512.FusedMultiplyAdd(x0, b2, s02);
            s03 = Vector512.FusedMultiplyAdd(x0, b3, s03);
            b += bStride;
        }

        Store(g, c, 0, 0, s00);
        Store(g, c, 0, 16, s01);
        Store(g, c, 0, 32, s02);
        Store(g, c, 0, 48, s03);
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
        Vector512<float> s00;
        Vector512<float> s10;
        Vector512<float> s20;
        Vector512<float> s30;
        Vector512<float> s40;
        Vector512<float> s50;
        if (g.Bias is not null)
        {
            Vector512<float> bias0 = Vector512.Load(g.Bias + column + 0);
            s00 = bias0;
            s10 = bias0;
            s20 = bias0;
            s30 = bias0;
            s40 = bias0;
            s50 = bias0;
        }
        else if (g.Accumulate)
        {
            s00 = Vector512.Load(c + (0 * g.CStride) + 0);
            s10 = Vector512.Load(c + (1 * g.CStride) + 0);
            s20 = Vector512.Load(c + (2 * g.CStride) + 0);
            s30 = Vector512.Load(c + (3 * g.CStride) + 0);
            s40 = Vector512.Load(c + (4 * g.CStride) + 0);
            s50 = Vector512.Load(c + (5 * g.CStride) + 0);
        }
        else
        {
            s00 = Vector512<float>.Zero;
            s10 = Vector512<float>.Zero;
            s20 = Vector512<float>.Zero;
            s30 = Vector512<float>.Zero;
            s40 = Vector512<float>.Zero;
            s50 = Vector512<float>.Zero;
        }

        for (long k = 0; k < end; k += step)
        {
            Vector512<float> b0 = Vector512.Load(b + 0);
            Vector512<float> x0 = Vector512.Create(a0[k]);
            s00 = Vector512.FusedMultiplyAdd(x0, b0, s00);
            Vector512<float> x1 = Vector512.Create(a1[k]);
            s10 = Vector512.FusedMultiplyAdd(x1, b0, s10);
            Vector512<float> x2 = Vector512.Create(a2[k]);
            s20 = Vector512.FusedMultiplyAdd(x2, b0, s20);
            Vector512<float> x3 = Vector512.Create(a3[k]);
            s30 = Vector512.FusedMultiplyAdd(x3, b0, s30);
            Vector512<float> x4 = Vector512.Create(a4[k]);
            s40 = Vector512.FusedMultiplyAdd(x4, b0, s40);
            Vector512<float> x5 = Vector512.Create(a5[k]);
            s50 = Vector512.FusedMultiplyAdd(x5, b0, s50);
            b += bStride;
        }

        Store(g, c, 0, 0, s00);
        Store(g, c, 1, 0, s10);
        Store(g, c, 2, 0, s20);
        Store(g, c, 3, 0, s30);
        Store(g, c, 4, 0, s40);
        Store(g, c, 5, 0, s50);
    }

    private static void Kernel1x16(in GemmOperands g, int row, int column)
    {
        float* b = g.B + (column / PackedMatrix.PanelWidth * g.PanelStride) + (column % PackedMatrix.PanelWidth);
        long bStride = g.BStride, step = g.InnerStride, rowStride = g.RowStride, end = g.Inner * g.InnerStride;
        float* a0 = g.A + (row * rowStride);
        float* c = g.C + (row * g.CStride) + column;
        Vector512<float> s00;
        if (g.Bias is not null)
        {
            Vector512<float> bias0 = Vector512.Load(g.Bias + column + 0);
            s00 = bias0;
        }
        else if (g.Accumulate)
        {
            s00 = Vector512.Load(c + (0 * g.CStride) + 0);
        }
        else
        {
            s00 = Vector512<float>.Zero;
        }

        for (long k = 0; k < end; k += step)
        {
            Vector512<float> b0 = Vector512.Load(b + 0);
            Vector512<float> x0 = Vector512.Create(a0[k]);
            s00 = Vector512.FusedMultiplyAdd(x0, b0, s00);
            b += bStride;
        }

        Store(g, c, 0, 0, s00);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(in GemmOperands g, float* c, int row, int column, Vector512<float> value)
    {
        long place = (row * g.CStride) + column;
        if (g.Relu)
            value = Vector512.Max(value, Vector512<float>.Zero);
        if (g.Gate is not null)
            value &= Vector512.GreaterThan(Vector512.Load(g.Gate + (c - g.C) + place), Vector512<float>.Zero);
        value.Store(c + place);
    }
}
