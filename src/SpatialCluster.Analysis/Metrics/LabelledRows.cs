using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Analysis.Metrics;

/// <summary>
/// The rows of a feature matrix that have a label, sorted by cluster (stably, so by spot within one), in double.
/// </summary>
internal sealed class LabelledRows
{
    private readonly double[] _values;

    private LabelledRows(double[] values, int width, int[] starts)
    {
        _values = values;
        Width = width;
        Starts = starts;
    }

    /// <summary>Features.</summary>
    public int Width { get; }

    /// <summary>Where each cluster begins among the rows, and the number of rows at the end; no cluster is empty.</summary>
    public int[] Starts { get; }

    public int Count => Starts[^1];

    public int Clusters => Starts.Length - 1;

    public static LabelledRows From(Matrix features, ReadOnlySpan<int> labels)
    {
        if (labels.Length != features.Rows)
            throw new ArgumentException($"{features.Rows} rows and {labels.Length} labels do not belong together.", nameof(labels));
        int[] order = ByCluster(labels, out int[] starts);
        var values = new double[(long)order.Length * features.Columns];
        for (int i = 0; i < order.Length; i++)
        {
            ReadOnlySpan<float> row = features.Row(order[i]);
            for (int f = 0; f < row.Length; f++)
                values[((long)i * features.Columns) + f] = row[f];
        }

        return new LabelledRows(values, features.Columns, starts);
    }

    public static LabelledRows From(double[] features, int width, ReadOnlySpan<int> labels)
    {
        int[] order = ByCluster(labels, out int[] starts);
        var values = new double[order.Length * width];
        for (int i = 0; i < order.Length; i++)
            features.AsSpan(order[i] * width, width).CopyTo(values.AsSpan(i * width));
        return new LabelledRows(values, width, starts);
    }

    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * Width, Width);

    private static int[] ByCluster(ReadOnlySpan<int> labels, out int[] starts)
    {
        var keys = new List<long>(labels.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] >= 0)
                keys.Add(((long)labels[i] << 32) | (uint)i);
        }

        keys.Sort();
        var begins = new List<int>();
        var order = new int[keys.Count];
        for (int i = 0; i < order.Length; i++)
        {
            if (i == 0 || keys[i] >> 32 != keys[i - 1] >> 32)
                begins.Add(i);
            order[i] = (int)(uint)keys[i];
        }

        starts = [.. begins, order.Length];
        return order;
    }
}
