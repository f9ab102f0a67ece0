using SpatialCluster.Compute.Numerics;

namespace SpatialCluster.Analysis.Metrics;

/// <summary>The mutual information that two clusterings of given sizes have on average when the labels are dealt at random.</summary>
internal static class ExpectedInformation
{
    private const double Negligible = 1e-22;

    /// <summary>
    /// Σ over pairs of clusters of E[x/N · log(N x/(a b))], x hypergeometric with (a, b, N) (Vinh, Epps &amp; Bailey 2010,
    /// eq. 24a). Probabilities come from the ratio of neighbours outwards from the mode, so no factorials cancel.
    /// </summary>
    public static double Of(Contingency table)
    {
        List<(int Size, int Times)> left = Grouped(table.TruthSizes), right = Grouped(table.PredictedSizes);
        double sum = 0;
        foreach ((int a, int aTimes) in left)
        {
            foreach ((int b, int bTimes) in right)
                sum += (double)aTimes * bTimes * OfPair(a, b, table.Spots);
        }

        return sum;
    }

    private static double OfPair(int a, int b, int spots)
    {
        int low = (int)Math.Max(0L, (long)a + b - spots), high = Math.Min(a, b);
        int mode = (int)Math.Clamp((a + 1L) * (b + 1L) / (spots + 2L), low, high);
        double scale = spots / ((double)a * b);
        double total = 1, sum = Term(mode, scale);
        double weight = 1;
        for (int x = mode; x < high && weight > Negligible; x++)
        {
            weight *= (double)(a - x) * (b - x) / ((x + 1.0) * ((double)spots - a - b + x + 1));
            total += weight;
            sum += weight * Term(x + 1, scale);
        }

        weight = 1;
        for (int x = mode; x > low && weight > Negligible; x--)
        {
            weight *= x * ((double)spots - a - b + x) / ((a - x + 1.0) * (b - x + 1.0));
            total += weight;
            sum += weight * Term(x - 1, scale);
        }

        return sum / total / spots;
    }

    private static double Term(int x, double scale) => x == 0 ? 0 : x * StableMath.Log(x * scale);

    /// <summary>Equal sizes give equal terms: at most √(2N) different ones are left.</summary>
    private static List<(int Size, int Times)> Grouped(int[] sizes)
    {
        int[] sorted = [.. sizes];
        Array.Sort(sorted);
        var groups = new List<(int Size, int Times)>();
        foreach (int size in sorted)
        {
            if (groups.Count > 0 && groups[^1].Size == size)
                groups[^1] = (size, groups[^1].Times + 1);
            else
                groups.Add((size, 1));
        }

        return groups;
    }
}
