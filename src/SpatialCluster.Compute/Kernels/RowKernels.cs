using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Compute.Kernels;

/// <summary>Passes over single rows whose padded width is a multiple of 16.</summary>
internal static unsafe class RowKernels
{
    /// <summary>The inner product, in 16 virtual lanes on every processor.</summary>
    public static float Dot(float* a, float* b, int width)
    {
        Vector512<float> sum = Vector512<float>.Zero;
        for (int j = 0; j < width; j += 16)
            sum = Vector512.FusedMultiplyAdd(Vector512.Load(a + j), Vector512.Load(b + j), sum);
        return VectorMath.Sum(sum);
    }

    /// <summary>y = scale · x.</summary>
    public static void Scale(float scale, float* x, float* y, int width)
    {
        Vector512<float> s = Vector512.Create(scale);
        for (int j = 0; j < width; j += 16)
            (s * Vector512.Load(x + j)).Store(y + j);
    }

    /// <summary>y += scale · x.</summary>
    public static void AddScaled(float scale, float* x, float* y, int width)
    {
        Vector512<float> s = Vector512.Create(scale);
        for (int j = 0; j < width; j += 16)
            Vector512.FusedMultiplyAdd(s, Vector512.Load(x + j), Vector512.Load(y + j)).Store(y + j);
    }

    /// <summary>total[j] += the sum of column j over some rows, row by row.</summary>
    public static void AddColumnSums(float* rows, long stride, int count, float* total, int width)
    {
        int j = 0;
        for (; j + 64 <= width; j += 64)
        {
            float* t = total + j;
            Vector512<float> s0 = Vector512.Load(t), s1 = Vector512.Load(t + 16), s2 = Vector512.Load(t + 32), s3 = Vector512.Load(t + 48);
            float* row = rows + j;
            for (int i = 0; i < count; i++, row += stride)
            {
                s0 += Vector512.Load(row);
                s1 += Vector512.Load(row + 16);
                s2 += Vector512.Load(row + 32);
                s3 += Vector512.Load(row + 48);
            }

            s0.Store(t);
            s1.Store(t + 16);
            s2.Store(t + 32);
            s3.Store(t + 48);
        }

        for (; j < width; j += 16)
        {
            Vector512<float> sum = Vector512.Load(total + j);
            float* row = rows + j;
            for (int i = 0; i < count; i++, row += stride)
                sum += Vector512.Load(row);
            sum.Store(total + j);
        }
    }

    /// <summary>A vector whose lanes are all ones where the bit of the lane's number is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LaneMask(uint bits)
    {
        Vector512<int> lanes = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        return Vector512.Equals(Vector512.Create((int)bits) & lanes, lanes).AsSingle();
    }
}
