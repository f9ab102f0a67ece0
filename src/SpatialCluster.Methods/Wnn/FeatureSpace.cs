using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Methods.Wnn;

/// <summary>One modality's spots as points: their nearest others, how far the nearest is, and how wide a kernel is.</summary>
internal sealed class FeatureSpace : IDisposable
{
    private FeatureSpace(Matrix points, NeighbourTable table, double[] bandwidths)
    {
        Points = points;
        Table = table;
        Bandwidths = bandwidths;
    }

    /// <summary>Spots × features, rows of unit length where wished.</summary>
    public Matrix Points { get; }

    /// <summary>As many neighbours as joint ones are sought among.</summary>
    public NeighbourTable Table { get; }

    /// <summary>The width of each spot's kernel; 0 where all that it is measured by lies on the spot.</summary>
    public double[] Bandwidths { get; }

    /// <summary>A copy of features with rows of length 1; rows of zeros stay.</summary>
    public static Matrix PointsOf(Matrix features, bool unitLength)
    {
        var points = new Matrix(features.Rows, features.Columns);
        for (int spot = 0; spot < features.Rows; spot++)
        {
            ReadOnlySpan<float> from = features.Row(spot);
            Span<float> to = points.Row(spot);
            double squares = 0;
            foreach (float value in from)
                squares += (double)value * value;
            double length = unitLength && squares > 0 ? Math.Sqrt(squares) : 1;
            for (int j = 0; j < to.Length; j++)
                to[j] = (float)(from[j] / length);
        }

        return points;
    }

    /// <summary>Whether no two spots differ.</summary>
    public static bool IsConstant(Matrix points)
    {
        for (int spot = 1; spot < points.Rows; spot++)
        {
            if (!points.Row(spot).SequenceEqual(points.Row(0)))
                return false;
        }

        return true;
    }

    /// <summary>Finds neighbours and kernel widths.</summary>
    /// <param name="points">From <see cref="PointsOf"/>; belongs to the result.</param>
    /// <param name="options">Neighbours, range, widths.</param>
    /// <param name="team">The threads.</param>
    /// <returns>The space.</returns>
    public static FeatureSpace Of(Matrix points, WnnOptions options, ThreadTeam team)
    {
        NeighbourTable table = FeatureNeighbours.Nearest(points, int.Min(options.Range, points.Rows) - 1, FeatureMetric.Euclidean, team);
        double[] bandwidths = options.FarBandwidth
            ? FarBandwidths(points, table, options.Neighbours, team)
            : [.. Enumerable.Range(0, points.Rows).Select(spot => table.DistancesOf(spot)[options.Neighbours - 2] - table.DistancesOf(spot)[0])];
        for (int spot = 0; spot < bandwidths.Length; spot++)
            bandwidths[spot] *= options.BandwidthScale;
        return new FeatureSpace(points, table, bandwidths);
    }

    /// <summary>How far two spots are, beyond how far the first's nearest is; never negative.</summary>
    public double Excess(int spot, int other) => Math.Max(0, Distance(Points, spot, other) - Table.DistancesOf(spot)[0]);

    /// <summary>How far a spot is from the mean of some spots, beyond how far its nearest is; never negative.</summary>
    /// <param name="spot">The spot.</param>
    /// <param name="others">Those that predict it.</param>
    /// <param name="mean">Scratch, as wide as the points.</param>
    public double ExcessOfMean(int spot, ReadOnlySpan<int> others, Span<double> mean)
    {
        mean.Clear();
        foreach (int other in others)
        {
            ReadOnlySpan<float> point = Points.Row(other);
            for (int j = 0; j < point.Length; j++)
                mean[j] += point[j];
        }

        ReadOnlySpan<float> own = Points.Row(spot);
        double squares = 0;
        for (int j = 0; j < own.Length; j++)
        {
            double difference = own[j] - (mean[j] / others.Length);
            squares += difference * difference;
        }

        return Math.Max(0, Math.Sqrt(squares) - Table.DistancesOf(spot)[0]);
    }

    public void Dispose() => Points.Dispose();

    /// <summary>
    /// The mean excess distance to those spots that share the fewest neighbours with a spot, though at least one: as many of
    /// them as there are neighbours, of those that tie the farthest (Seurat's <c>SNN_SmallestNonzero_Dist</c>).
    /// </summary>
    private static double[] FarBandwidths(Matrix points, NeighbourTable table, int neighbours, ThreadTeam team)
    {
        var bandwidths = new double[points.Rows];
        new SharedNeighbours(table, neighbours - 1, withSelf: true).ForEach(team, (spot, others, shared) =>
        {
            Span<int> spotsSharing = stackalloc int[neighbours + 1];
            spotsSharing.Clear();
            foreach (int other in others)
                spotsSharing[shared[other]]++;
            int wanted = int.Min(neighbours, others.Length), most = 0, found = 0;
            while (found < wanted)
                found += spotsSharing[++most];
            double nearest = table.DistancesOf(spot)[0];
            var distances = new double[found];
            int next = 0;
            foreach (int other in others)
            {
                if (shared[other] <= most)
                    distances[next++] = Math.Max(0, Distance(points, spot, other) - nearest);
            }

            distances.AsSpan().Sort();
            double sum = 0;
            for (int i = found - 1; i >= found - wanted; i--)
                sum += distances[i];
            bandwidths[spot] = sum / wanted;
        });
        return bandwidths;
    }

    private static double Distance(Matrix points, int left, int right)
    {
        ReadOnlySpan<float> a = points.Row(left), b = points.Row(right);
        double squares = 0;
        for (int j = 0; j < a.Length; j++)
        {
            double difference = (double)a[j] - b[j];
            squares += difference * difference;
        }

        return Math.Sqrt(squares);
    }
}
