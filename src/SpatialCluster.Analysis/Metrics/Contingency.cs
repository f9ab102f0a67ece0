namespace SpatialCluster.Analysis.Metrics;

/// <summary>
/// How often each pair of labels occurs, stored sparsely: with as many clusters as spots it still takes linear memory.
/// </summary>
internal sealed class Contingency
{
    private Contingency(int spots, int[] truthSizes, int[] predictedSizes, Cell[] cells)
    {
        Spots = spots;
        TruthSizes = truthSizes;
        PredictedSizes = predictedSizes;
        Cells = cells;
    }

    /// <summary>Spots with both labels.</summary>
    public int Spots { get; }

    /// <summary>Spots of each truth label, by rising label; none is empty.</summary>
    public int[] TruthSizes { get; }

    /// <summary>Spots of each predicted label, by rising label; none is empty.</summary>
    public int[] PredictedSizes { get; }

    /// <summary>The pairs that occur, by rising truth and predicted label.</summary>
    public Cell[] Cells { get; }

    /// <summary>Counts pairs; spots with a negative label in either are left out.</summary>
    public static Contingency Count(ReadOnlySpan<int> truth, ReadOnlySpan<int> predicted)
    {
        if (truth.Length != predicted.Length)
            throw new ArgumentException($"{truth.Length} true and {predicted.Length} predicted labels do not belong together.", nameof(predicted));
        var pairs = new List<long>(truth.Length);
        var right = new List<int>(truth.Length);
        for (int i = 0; i < truth.Length; i++)
        {
            if (truth[i] < 0 || predicted[i] < 0)
                continue;
            pairs.Add(((long)truth[i] << 32) | (uint)predicted[i]);
            right.Add(predicted[i]);
        }

        pairs.Sort();
        right.Sort();
        (int[] labels, int[] predictedSizes) = Runs(right);
        var truthSizes = new List<int>();
        var cells = new List<Cell>();
        int lastTruth = -1;
        for (int start = 0; start < pairs.Count;)
        {
            int end = start;
            while (end < pairs.Count && pairs[end] == pairs[start])
                end++;
            int label = (int)(pairs[start] >> 32);
            if (label != lastTruth)
                truthSizes.Add(0);
            lastTruth = label;
            truthSizes[^1] += end - start;
            cells.Add(new Cell(truthSizes.Count - 1, Array.BinarySearch(labels, (int)(uint)pairs[start]), end - start));
            start = end;
        }

        return new Contingency(pairs.Count, [.. truthSizes], predictedSizes, [.. cells]);
    }

    private static (int[] Labels, int[] Sizes) Runs(List<int> sorted)
    {
        var labels = new List<int>();
        var sizes = new List<int>();
        foreach (int label in sorted)
        {
            if (labels.Count == 0 || labels[^1] != label)
            {
                labels.Add(label);
                sizes.Add(0);
            }

            sizes[^1]++;
        }

        return ([.. labels], [.. sizes]);
    }

    /// <summary>A pair of labels (numbered densely) and its spots.</summary>
    internal readonly record struct Cell(int Truth, int Predicted, int Spots);
}
