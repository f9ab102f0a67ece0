using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Clustering;

/// <summary>Sums of products of features, features × features.</summary>
internal static class Scatter
{
    /// <summary>Σ x xᵀ over all spots, about their mean.</summary>
    public static double[] About(SpotVectors vectors, ThreadTeam team)
    {
        int features = vectors.Features;
        var partial = new double[vectors.Tiles.Count][];
        team.For(vectors.Tiles.Count, tile =>
        {
            var sums = new double[features * features];
            for (int spot = vectors.Tiles.Start(tile); spot < vectors.Tiles.End(tile); spot++)
                Add(sums, vectors.Row(spot));
            partial[tile] = sums;
        });
        return Mirrored(partial, features);
    }

    /// <summary>Σ (x − μ)(x − μ)ᵀ over some spots, each about the mean of its component.</summary>
    /// <param name="vectors">All spots.</param>
    /// <param name="spots">Those that count.</param>
    /// <param name="labels">The component of each.</param>
    /// <param name="means">Features × stride.</param>
    /// <param name="stride">Of the means.</param>
    public static double[] Within(SpotVectors vectors, int[] spots, int[] labels, double[] means, int stride)
    {
        int features = vectors.Features;
        var sums = new double[features * features];
        var difference = new double[features];
        for (int i = 0; i < spots.Length; i++)
        {
            ReadOnlySpan<double> row = vectors.Row(spots[i]);
            for (int f = 0; f < features; f++)
                difference[f] = row[f] - means[(f * stride) + labels[i]];
            Add(sums, difference);
        }

        return Mirrored([sums], features);
    }

    /// <summary>The lower triangle.</summary>
    private static void Add(double[] sums, ReadOnlySpan<double> x)
    {
        for (int f = 0; f < x.Length; f++)
        {
            Span<double> row = sums.AsSpan(f * x.Length, f + 1);
            double factor = x[f];
            for (int g = 0; g < row.Length; g++)
                row[g] += factor * x[g];
        }
    }

    private static double[] Mirrored(double[][] partial, int features)
    {
        var total = new double[features * features];
        foreach (double[] sums in partial)
        {
            for (int i = 0; i < sums.Length; i++)
                total[i] += sums[i];
        }

        for (int f = 0; f < features; f++)
        {
            for (int g = f + 1; g < features; g++)
                total[(f * features) + g] = total[(g * features) + f];
        }

        return total;
    }
}
