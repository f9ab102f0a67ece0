using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Compute.Kernels;

/// <summary>
/// Dense products of float32 matrices. Every element of C is one chain of fused multiply-adds over k = 0, 1, 2, …, whichever
/// the vector width: the same bytes on AVX-512, AVX2 and without either.
/// </summary>
internal static unsafe class Gemm
{
    /// <summary>C = A · B, or as the operands say.</summary>
    public static void Run(in GemmOperands operands)
    {
        if (Vector512.IsHardwareAccelerated)
            Gemm512.Run(operands);
        else if (Vector256.IsHardwareAccelerated && (Fma.IsSupported || !Sse.IsSupported))
            Gemm256.Run(operands);
        else
            GemmScalar.Run(operands);
    }

    /// <summary>C[rows] = A[rows] · B for a packed B, rows from <paramref name="start"/> to <paramref name="end"/> of A.</summary>
    public static GemmOperands Rows(Matrix a, int start, int end, PackedMatrix b, float* c, long cStride) => new()
    {
        A = a.Data + ((long)start * a.Stride),
        RowStride = a.Stride,
        InnerStride = 1,
        B = b.Data,
        BStride = PackedMatrix.PanelWidth,
        PanelStride = b.PanelStride,
        C = c,
        CStride = cStride,
        Rows = end - start,
        Inner = b.Rows,
        Width = b.Width,
    };

    /// <summary>C (+)= Aᵀ · B over <paramref name="inner"/> rows of both, which lie in plain rows.</summary>
    public static GemmOperands Transposed(float* a, long aStride, int aColumns, float* b, long bStride, int bWidth, int inner, Matrix c, bool accumulate) => new()
    {
        A = a,
        RowStride = 1,
        InnerStride = aStride,
        B = b,
        BStride = bStride,
        PanelStride = PackedMatrix.PanelWidth,
        C = c.Data,
        CStride = c.Stride,
        Rows = aColumns,
        Inner = inner,
        Width = bWidth,
        Accumulate = accumulate,
    };
}
