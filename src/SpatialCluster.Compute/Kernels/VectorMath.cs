using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SpatialCluster.Compute.Kernels;

/// <summary>
/// Elementary functions on 16 float32 lanes, built from operations that IEEE 754 defines exactly, so that every processor
/// gives the same bits. <see cref="Vector512{T}"/> is used on all of them: where the hardware is narrower, the runtime works in
/// halves with the same result.
/// </summary>
internal static class VectorMath
{
    /// <summary>e to the power x: relative error below 2⁻²² from −87 to 88; zero below, e⁸⁸ above. NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        Vector512<float> magic = Vector512.Create(12582912f);
        Vector512<float> ordered = Vector512.Equals(x, x);
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(88f)), Vector512.Create(88f), x);
        Vector512<float> tiny = Vector512.LessThan(x, Vector512.Create(-87f));
        x = Vector512.ConditionalSelect(tiny, Vector512.Create(-87f), x);

        // Adding 1.5 × 2²³ rounds to the nearest integer, which then stands in the low bits.
        Vector512<float> shifted = Vector512.FusedMultiplyAdd(x, Vector512.Create(1.44269504f), magic);
        Vector512<float> n = shifted - magic;
        Vector512<float> r = Vector512.FusedMultiplyAdd(n, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(n, Vector512.Create(2.12194440e-4f), r);
        Vector512<float> p = Vector512.Create(1.9875691500e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.3981999507e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.3334519073e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.1665795894e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.6666665459e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(5.0000001201e-1f));
        p = Vector512.FusedMultiplyAdd(p, r * r, r) + Vector512.Create(1f);
        Vector512<int> exponent = Vector512.ShiftLeft(shifted.AsInt32() - magic.AsInt32(), 23);
        Vector512<float> y = (p.AsInt32() + exponent).AsSingle();
        return Vector512.ConditionalSelect(ordered, Vector512.AndNot(y, tiny), p);
    }

    /// <summary>1 / (1 + e⁻ˣ): relative error below 2⁻²¹ above −87, zero below.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        // The exponential of a negative number only: nothing overflows.
        Vector512<float> e = Exp(-Vector512.Abs(x));
        Vector512<float> small = e / (Vector512.Create(1f) + e);
        return Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), small, Vector512.Create(1f) - small);
    }

    /// <summary>The hyperbolic tangent: absolute error below 2⁻²².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Tanh(Vector512<float> x)
    {
        Vector512<float> a = Vector512.Abs(x);
        Vector512<float> e = Exp(-(a + a));
        Vector512<float> t = (Vector512.Create(1f) - e) / (Vector512.Create(1f) + e);
        Vector512<float> sign = x & Vector512.Create(-0f);
        return t | sign;
    }

    /// <summary>log(1 + eˣ), the loss of a logit: absolute error below 2⁻²² where the result is below 2, and 2⁻²³ of the result above.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Softplus(Vector512<float> x)
    {
        // log(1 + t) = 2 artanh(t / (2 + t)); the argument is at most 1/3, so eight terms are enough.
        Vector512<float> t = Exp(-Vector512.Abs(x));
        Vector512<float> s = t / (Vector512.Create(2f) + t);
        Vector512<float> z = s * s;
        Vector512<float> p = Vector512.Create(1f / 15);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1f / 13));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1f / 11));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1f / 9));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1f / 7));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1f / 5));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1f / 3));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(1f));
        Vector512<float> positive = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), x, Vector512<float>.Zero);
        return Vector512.FusedMultiplyAdd(s + s, p, positive);
    }

    /// <summary>The sum of the 16 lanes, in one fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> x)
    {
        Vector256<float> eight = x.GetLower() + x.GetUpper();
        Vector128<float> four = eight.GetLower() + eight.GetUpper();
        return (four[0] + four[2]) + (four[1] + four[3]);
    }
}
