using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Z-scores of sparse columns, cut at ± a bound, without densifying. A value x is stored as y = min(max(x, floor), ceiling) −
/// floor, where the floor is the lower cut if that is above zero, else zero: absent values are y = 0 in both cases, and
/// z = (y + floor − mean) / deviation.
/// </summary>
internal sealed class FeatureScaling
{
    private FeatureScaling(double[] means, double[] deviations, double[] floors, double[] ceilings)
    {
        Means = means;
        Deviations = deviations;
        Floors = floors;
        Ceilings = ceilings;
    }

    public double[] Means { get; }

    /// <summary>Divisor spots − 1; 1 for constant features.</summary>
    public double[] Deviations { get; }

    public double[] Floors { get; }

    /// <summary>The largest double where nothing is cut.</summary>
    public double[] Ceilings { get; }

    public static FeatureScaling Fit(CsrMatrix matrix, bool scale, double? clip)
    {
        int features = matrix.Columns;
        double[] means = new double[features];
        double[] deviations = new double[features];
        double[] floors = new double[features];
        double[] ceilings = new double[features];
        Array.Fill(deviations, 1);
        Array.Fill(ceilings, double.MaxValue);
        if (!scale)
            return new FeatureScaling(means, deviations, floors, ceilings);
        means = SparseColumns.Means(matrix);
        Deviate(matrix, means, deviations);
        for (int j = 0; j < features && clip is not null; j++)
        {
            floors[j] = Math.Max(0, means[j] - (clip.Value * deviations[j]));
            ceilings[j] = means[j] + (clip.Value * deviations[j]);
        }

        return new FeatureScaling(means, deviations, floors, ceilings);
    }

    public static FeatureScaling Load(StoredReader reader, int features)
    {
        var scaling = new FeatureScaling(reader.ReadDoubles(features), reader.ReadDoubles(features), reader.ReadDoubles(features), reader.ReadDoubles(features));
        return scaling.Deviations.All(value => value > 0) ? scaling : throw StoredReader.Damaged("a deviation is not positive");
    }

    public void Save(BinaryWriter writer)
    {
        writer.WriteDoubles(Means);
        writer.WriteDoubles(Deviations);
        writer.WriteDoubles(Floors);
        writer.WriteDoubles(Ceilings);
    }

    /// <summary>x → y in place.</summary>
    public void Clip(CsrMatrix matrix, ThreadTeam team) => SparseRows.Change(matrix, team, (columns, values) =>
    {
        for (int e = 0; e < columns.Length; e++)
        {
            double floor = Floors[columns[e]];
            values[e] = (float)(Math.Min(Math.Max(values[e], floor), Ceilings[columns[e]]) - floor);
        }
    });

    private static void Deviate(CsrMatrix matrix, double[] means, double[] deviations)
    {
        double[] squares = new double[means.Length];
        long[] present = new long[means.Length];
        for (int row = 0; row < matrix.Rows; row++)
        {
            ReadOnlySpan<int> columns = matrix.RowColumns(row);
            ReadOnlySpan<float> values = matrix.RowValues(row);
            for (int e = 0; e < columns.Length; e++)
            {
                double difference = values[e] - means[columns[e]];
                squares[columns[e]] += difference * difference;
                present[columns[e]]++;
            }
        }

        for (int j = 0; j < means.Length; j++)
        {
            double variance = (squares[j] + ((matrix.Rows - present[j]) * means[j] * means[j])) / int.Max(matrix.Rows - 1, 1);
            // Below float32's rounding of the mean there is no variance.
            deviations[j] = variance > 1e-12 * means[j] * means[j] ? Math.Sqrt(variance) : 1;
        }
    }
}
