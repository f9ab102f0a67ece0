using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SpatialCluster.Compute.Randomness;

/// <summary>Sixteen consecutive blocks of <see cref="Philox"/> at a time.</summary>
internal static class PhiloxVector
{
    /// <summary>The four words of blocks first … first + 15; lane i belongs to block first + i.</summary>
    /// <param name="key">The stream.</param>
    /// <param name="high">The upper half of the counter.</param>
    /// <param name="first">The lower half of the first block's counter; a multiple of 16.</param>
    /// <param name="words">Receives words 0 … 3.</param>
    public static void Blocks(ulong key, ulong high, ulong first, Span<Vector512<uint>> words)
    {
        Vector512<uint> c0 = Vector512.Create((uint)first) + Vector512<uint>.Indices;
        Vector512<uint> c1 = Vector512.Create((uint)(first >> 32));
        Vector512<uint> c2 = Vector512.Create((uint)high);
        Vector512<uint> c3 = Vector512.Create((uint)(high >> 32));
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            Multiply(c0, Philox.Multiplier0, out Vector512<uint> low0, out Vector512<uint> high0);
            Multiply(c2, Philox.Multiplier1, out Vector512<uint> low1, out Vector512<uint> high1);
            c0 = high1 ^ c1 ^ Vector512.Create(k0);
            c1 = low1;
            c2 = high0 ^ c3 ^ Vector512.Create(k1);
            c3 = low0;
            k0 += Philox.Weyl0;
            k1 += Philox.Weyl1;
        }

        words[0] = c0;
        words[1] = c1;
        words[2] = c2;
        words[3] = c3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Vector512<uint> x, uint factor, out Vector512<uint> low, out Vector512<uint> high)
    {
        // Products of the even and of the odd lanes as 64 bits each, then sorted back into halves.
        Vector512<uint> odd = Vector512.ShiftRightLogical(x.AsUInt64(), 32).AsUInt32();
        Vector512<ulong> even64 = Wide(x, factor), odd64 = Wide(odd, factor);
        Vector512<ulong> lowMask = Vector512.Create(0xFFFFFFFFUL);
        low = ((even64 & lowMask) | Vector512.ShiftLeft(odd64, 32)).AsUInt32();
        high = (Vector512.ShiftRightLogical(even64, 32) | (odd64 & ~lowMask)).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Wide(Vector512<uint> x, uint factor)
    {
        if (Avx512F.IsSupported)
            return Avx512F.Multiply(x, Vector512.Create(factor));
        if (Avx2.IsSupported)
        {
            Vector256<uint> f = Vector256.Create(factor);
            return Vector512.Create(Avx2.Multiply(x.GetLower(), f), Avx2.Multiply(x.GetUpper(), f));
        }

        return (x.AsUInt64() & Vector512.Create(0xFFFFFFFFUL)) * Vector512.Create((ulong)factor);
    }
}
