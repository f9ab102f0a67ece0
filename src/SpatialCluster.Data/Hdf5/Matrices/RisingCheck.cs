using System.Numerics;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>Looks whether indices rise.</summary>
internal static class RisingCheck
{
    /// <summary>Whether each index is larger than the one before it.</summary>
    public static bool IsStrictlyRising(ReadOnlySpan<int> indices)
    {
        int i = 1;
        for (; i <= indices.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            if (Vector.LessThanOrEqualAny(new Vector<int>(indices[i..]), new Vector<int>(indices[(i - 1)..])))
                return false;
        }

        for (; i < indices.Length; i++)
        {
            if (indices[i] <= indices[i - 1])
                return false;
        }

        return true;
    }
}
