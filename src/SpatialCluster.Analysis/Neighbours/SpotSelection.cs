using System.Numerics;
using System.Runtime.CompilerServices;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// Partial sorting of spots by (coordinate, index). Because indices differ, no two spots compare equal: a slice with all
/// spots at one place splits as evenly as any other, and every split has one outcome.
/// </summary>
internal static class SpotSelection
{
    /// <summary>Moves spots so that those before <paramref name="position"/> come before those from it on.</summary>
    public static void Split<TAxis>(Span<PlacedSpot> spots, int position)
        where TAxis : struct, IAxis
    {
        int low = 0, high = spots.Length - 1;
        int patience = (4 * BitOperations.Log2((uint)spots.Length + 1)) + 16;
        while (low < high)
        {
            if (patience-- == 0)
            {
                // An order that defeats the median of three: sorting bounds the work.
                spots[low..(high + 1)].Sort(Compare<TAxis>);
                return;
            }

            PlacedSpot pivot = MedianOfThree<TAxis>(spots[low], spots[low + ((high - low) / 2)], spots[high]);
            int i = low, j = high;
            while (i <= j)
            {
                while (Before<TAxis>(spots[i], pivot))
                    i++;
                while (Before<TAxis>(pivot, spots[j]))
                    j--;
                if (i <= j)
                {
                    (spots[i], spots[j]) = (spots[j], spots[i]);
                    i++;
                    j--;
                }
            }

            if (position <= j)
                high = j;
            else if (position >= i)
                low = i;
            else
                return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Before<TAxis>(in PlacedSpot left, in PlacedSpot right)
        where TAxis : struct, IAxis
    {
        double a = TAxis.Of(left), b = TAxis.Of(right);
        return a < b || (a == b && left.Index < right.Index);
    }

    private static int Compare<TAxis>(PlacedSpot left, PlacedSpot right)
        where TAxis : struct, IAxis
    {
        int order = TAxis.Of(left).CompareTo(TAxis.Of(right));
        return order != 0 ? order : left.Index.CompareTo(right.Index);
    }

    private static PlacedSpot MedianOfThree<TAxis>(PlacedSpot a, PlacedSpot b, PlacedSpot c)
        where TAxis : struct, IAxis
    {
        if (Before<TAxis>(b, a))
            (a, b) = (b, a);
        if (Before<TAxis>(c, b))
            b = Before<TAxis>(c, a) ? a : c;
        return b;
    }
}
