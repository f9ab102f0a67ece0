using System.Numerics;
using System.Runtime.InteropServices;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>Looks for values that are no numbers.</summary>
internal static class FiniteCheck
{
    private const int ExponentMask = 0x7F800000;

    /// <summary>The first NaN or infinity, or −1.</summary>
    public static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        ReadOnlySpan<int> bits = MemoryMarshal.Cast<float, int>(values);
        var mask = new Vector<int>(ExponentMask);
        int i = 0;
        for (; i <= bits.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            if (Vector.EqualsAny(new Vector<int>(bits[i..]) & mask, mask))
                break;
        }

        for (; i < bits.Length; i++)
        {
            if ((bits[i] & ExponentMask) == ExponentMask)
                return i;
        }

        return -1;
    }
}
