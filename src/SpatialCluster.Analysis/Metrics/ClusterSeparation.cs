using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Analysis.Metrics;

/// <summary>
/// How compact and how far apart clusters are, seen from their centres. Linear in spots. Scores need at least two clusters and
/// more spots than clusters; else they are undefined and null is returned.
/// </summary>
public static class ClusterSeparation
{
    /// <summary>
    /// Variance between clusters over variance within, each by its degrees of freedom (Caliński &amp; Harabasz 1974); more is
    /// better.
    /// </summary>
    /// <param name="features">Spots × features.</param>
    /// <param name="labels">One per spot; negative ones are left out.</param>
    /// <returns>The score, or null where it is undefined.</returns>
    public static double? CalinskiHarabasz(Matrix features, ReadOnlySpan<int> labels) => CalinskiHarabasz(LabelledRows.From(features, labels));

    /// <summary>
    /// The mean over clusters of the worst ratio of spread to distance from another cluster (Davies &amp; Bouldin 1979); less is
    /// better.
    /// </summary>
    /// <param name="features">Spots × features.</param>
    /// <param name="labels">One per spot; negative ones are left out.</param>
    /// <returns>The score, or null where it is undefined.</returns>
    public static double? DaviesBouldin(Matrix features, ReadOnlySpan<int> labels) => DaviesBouldin(LabelledRows.From(features, labels));

    internal static double? CalinskiHarabasz(LabelledRows rows)
    {
        if (rows.Clusters < 2 || rows.Clusters >= rows.Count)
            return null;
        double[][] centres = Centres(rows);
        var mean = new double[rows.Width];
        for (int row = 0; row < rows.Count; row++)
            Add(mean, rows.Row(row));
        Divide(mean, rows.Count);
        double between = 0, within = 0;
        for (int cluster = 0; cluster < rows.Clusters; cluster++)
        {
            between += (rows.Starts[cluster + 1] - rows.Starts[cluster]) * Squared(centres[cluster], mean);
            for (int row = rows.Starts[cluster]; row < rows.Starts[cluster + 1]; row++)
                within += Squared(rows.Row(row), centres[cluster]);
        }

        return within == 0 ? 1 : between * (rows.Count - rows.Clusters) / (within * (rows.Clusters - 1.0));
    }

    internal static double? DaviesBouldin(LabelledRows rows)
    {
        if (rows.Clusters < 2 || rows.Clusters >= rows.Count)
            return null;
        double[][] centres = Centres(rows);
        var spread = new double[rows.Clusters];
        for (int cluster = 0; cluster < rows.Clusters; cluster++)
        {
            for (int row = rows.Starts[cluster]; row < rows.Starts[cluster + 1]; row++)
                spread[cluster] += Math.Sqrt(Squared(rows.Row(row), centres[cluster]));
            spread[cluster] /= rows.Starts[cluster + 1] - rows.Starts[cluster];
        }

        double sum = 0;
        for (int cluster = 0; cluster < rows.Clusters; cluster++)
        {
            double worst = 0;
            for (int other = 0; other < rows.Clusters; other++)
            {
                double apart = Math.Sqrt(Squared(centres[cluster], centres[other]));
                // Clusters with one centre say nothing about each other (scikit-learn does the same).
                if (apart > 0)
                    worst = Math.Max(worst, (spread[cluster] + spread[other]) / apart);
            }

            sum += worst;
        }

        return sum / rows.Clusters;
    }

    private static double[][] Centres(LabelledRows rows)
    {
        var centres = new double[rows.Clusters][];
        for (int cluster = 0; cluster < rows.Clusters; cluster++)
        {
            centres[cluster] = new double[rows.Width];
            for (int row = rows.Starts[cluster]; row < rows.Starts[cluster + 1]; row++)
                Add(centres[cluster], rows.Row(row));
            Divide(centres[cluster], rows.Starts[cluster + 1] - rows.Starts[cluster]);
        }

        return centres;
    }

    private static void Add(Span<double> sum, ReadOnlySpan<double> values)
    {
        for (int f = 0; f < sum.Length; f++)
            sum[f] += values[f];
    }

    private static void Divide(Span<double> values, double by)
    {
        for (int f = 0; f < values.Length; f++)
            values[f] /= by;
    }

    private static double Squared(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int f = 0; f < a.Length; f++)
            sum += (a[f] - b[f]) * (a[f] - b[f]);
        return sum;
    }
}
