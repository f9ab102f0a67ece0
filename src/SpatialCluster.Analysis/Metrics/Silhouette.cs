using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Metrics;

/// <summary>
/// The silhouette of a clustering (Rousseeuw 1987) by Euclidean distance: (b − a)/max(a, b) for each spot, a its mean distance
/// to its own cluster, b that to the nearest other one. Quadratic in time, linear in memory.
/// </summary>
public static class Silhouette
{
    /// <summary>Above this number of labelled spots a sample of as many is scored.</summary>
    public const int DefaultMostSpots = 20_000;

    /// <summary>The mean silhouette.</summary>
    /// <param name="features">Spots × features.</param>
    /// <param name="labels">One per spot; negative ones are left out.</param>
    /// <param name="team">The threads to use.</param>
    /// <param name="mostSpots">With more labelled spots than this, a uniform sample of this size stands for all.</param>
    /// <param name="seed">Decides the sample.</param>
    /// <returns>−1 … 1; null where there are fewer than two clusters or no more spots than clusters.</returns>
    public static double? Mean(Matrix features, ReadOnlySpan<int> labels, ThreadTeam team, int mostSpots = DefaultMostSpots, ulong seed = 0) =>
        Mean(LabelledRows.From(features, Sampled(labels, mostSpots, seed)), team);

    internal static double? Mean(LabelledRows rows, ThreadTeam team)
    {
        if (rows.Clusters < 2 || rows.Clusters >= rows.Count)
            return null;
        var search = new SilhouetteSweep(rows);
        team.For(search.Tiles, search.Run);
        double sum = 0;
        foreach (double value in search.Values)
            sum += value;
        return sum / rows.Count;
    }

    /// <summary>The labels, with all but a sample of the labelled spots marked as missing.</summary>
    internal static int[] Sampled(ReadOnlySpan<int> labels, int mostSpots, ulong seed)
    {
        int[] kept = labels.ToArray();
        int labelled = 0;
        foreach (int label in labels)
            labelled += label >= 0 ? 1 : 0;
        if (labelled <= mostSpots)
            return kept;

        // Selection sampling (Knuth, algorithm S): one pass, every subset equally likely.
        RandomStream random = new RandomStream(seed).Derive("silhouette/sample");
        int wanted = mostSpots;
        for (int i = 0; i < kept.Length; i++)
        {
            if (kept[i] < 0)
                continue;
            if (random.NextInt(labelled--) < wanted)
                wanted--;
            else
                kept[i] = -1;
        }

        return kept;
    }
}
