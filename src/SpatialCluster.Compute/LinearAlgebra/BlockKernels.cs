using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// Inner loops in double. Each lane is a sum of its own in a fixed order, and products are rounded before they are added,
/// so that every vector width gives the same bytes.
/// </summary>
internal static unsafe class BlockKernels
{
    /// <summary>The inner product, over four virtual lanes whatever the machine has.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        int length = a.Length;
        Vector256<double> sums = Vector256<double>.Zero;
        int i = 0;
        fixed (double* pa = a, pb = b)
        {
            for (; i + 4 <= length; i += 4)
                sums += Vector256.Load(pa + i) * Vector256.Load(pb + i);
        }

        double sum = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (; i < length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    /// <summary>y ← y + factor x.</summary>
    public static void AddScaled(Span<double> y, double factor, ReadOnlySpan<double> x)
    {
        int i = 0;
        Vector256<double> f = Vector256.Create(factor);
        fixed (double* py = y, px = x)
        {
            for (; i + 4 <= y.Length; i += 4)
                (Vector256.Load(py + i) + (f * Vector256.Load(px + i))).Store(py + i);
        }

        for (; i < y.Length; i++)
            y[i] += factor * x[i];
    }

    /// <summary>y ← y + a·x₀ + b·x₁ + c·x₂ + d·x₃, added in this order: four passes in one. Lengths are multiples of four.</summary>
    public static void AddScaled(double* y, double* x0, double* x1, double* x2, double* x3, double a, double b, double c, double d, int length)
    {
        Vector256<double> va = Vector256.Create(a), vb = Vector256.Create(b), vc = Vector256.Create(c), vd = Vector256.Create(d);
        for (int i = 0; i < length; i += 4)
        {
            Vector256<double> sum = Vector256.Load(y + i);
            sum += va * Vector256.Load(x0 + i);
            sum += vb * Vector256.Load(x1 + i);
            sum += vc * Vector256.Load(x2 + i);
            sum += vd * Vector256.Load(x3 + i);
            sum.Store(y + i);
        }
    }

    /// <summary>output ← output + Σ values[e] · block[indices[e], :], in the order of e. The width is a multiple of 32.</summary>
    public static void Gather(int* indices, float* values, int count, double* block, int stride, double* output)
    {
        int column = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; column + 64 <= stride; column += 64)
                Gather64(indices, values, count, block + column, stride, output + column);
        }

        for (; column < stride; column += 32)
            Gather32(indices, values, count, block + column, stride, output + column);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather64(int* indices, float* values, int count, double* block, int stride, double* output)
    {
        Vector512<double> s0 = Vector512.Load(output);
        Vector512<double> s1 = Vector512.Load(output + 8);
        Vector512<double> s2 = Vector512.Load(output + 16);
        Vector512<double> s3 = Vector512.Load(output + 24);
        Vector512<double> s4 = Vector512.Load(output + 32);
        Vector512<double> s5 = Vector512.Load(output + 40);
        Vector512<double> s6 = Vector512.Load(output + 48);
        Vector512<double> s7 = Vector512.Load(output + 56);
        for (int e = 0; e < count; e++)
        {
            double* row = block + ((long)indices[e] * stride);
            Vector512<double> f = Vector512.Create((double)values[e]);
            s0 += f * Vector512.Load(row);
            s1 += f * Vector512.Load(row + 8);
            s2 += f * Vector512.Load(row + 16);
            s3 += f * Vector512.Load(row + 24);
            s4 += f * Vector512.Load(row + 32);
            s5 += f * Vector512.Load(row + 40);
            s6 += f * Vector512.Load(row + 48);
            s7 += f * Vector512.Load(row + 56);
        }

        s0.Store(output);
        s1.Store(output + 8);
        s2.Store(output + 16);
        s3.Store(output + 24);
        s4.Store(output + 32);
        s5.Store(output + 40);
        s6.Store(output + 48);
        s7.Store(output + 56);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather32(int* indices, float* values, int count, double* block, int stride, double* output)
    {
        Vector256<double> s0 = Vector256.Load(output);
        Vector256<double> s1 = Vector256.Load(output + 4);
        Vector256<double> s2 = Vector256.Load(output + 8);
        Vector256<double> s3 = Vector256.Load(output + 12);
        Vector256<double> s4 = Vector256.Load(output + 16);
        Vector256<double> s5 = Vector256.Load(output + 20);
        Vector256<double> s6 = Vector256.Load(output + 24);
        Vector256<double> s7 = Vector256.Load(output + 28);
        for (int e = 0; e < count; e++)
        {
            double* row = block + ((long)indices[e] * stride);
            Vector256<double> f = Vector256.Create((double)values[e]);
            s0 += f * Vector256.Load(row);
            s1 += f * Vector256.Load(row + 4);
            s2 += f * Vector256.Load(row + 8);
            s3 += f * Vector256.Load(row + 12);
            s4 += f * Vector256.Load(row + 16);
            s5 += f * Vector256.Load(row + 20);
            s6 += f * Vector256.Load(row + 24);
            s7 += f * Vector256.Load(row + 28);
        }

        s0.Store(output);
        s1.Store(output + 4);
        s2.Store(output + 8);
        s3.Store(output + 12);
        s4.Store(output + 16);
        s5.Store(output + 20);
        s6.Store(output + 24);
        s7.Store(output + 28);
    }
}
