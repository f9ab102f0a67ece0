namespace SpatialCluster.Reporting.Maps;

/// <summary>A label for each spot.</summary>
/// <param name="Title">What the labels are, for legends: <c>Domain</c>.</param>
/// <param name="Codes">One index into <paramref name="Categories"/> per spot; −1 where the label is missing.</param>
/// <param name="Categories">The labels' names.</param>
public sealed record SpotLabels(string Title, int[] Codes, IReadOnlyList<string> Categories)
{
    /// <summary>How many spots carry each label; the last entry counts the missing ones.</summary>
    /// <returns>One count per category, and one more.</returns>
    public int[] Count()
    {
        var counts = new int[Categories.Count + 1];
        foreach (int code in Codes)
            counts[code < 0 ? Categories.Count : code]++;
        return counts;
    }
}
