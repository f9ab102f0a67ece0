namespace SpatialCluster.Analysis.Clustering;

/// <summary>The numbering of clusters: by falling size, equal sizes by smallest spot, empty ones last.</summary>
internal static class ClusterOrder
{
    /// <summary>Renumbers labels in place.</summary>
    /// <param name="labels">0 … clusters−1.</param>
    /// <param name="clusters">How many clusters there may be.</param>
    /// <returns>The old number of each new cluster.</returns>
    public static int[] BySize(int[] labels, int clusters)
    {
        var size = new int[clusters];
        var smallest = new int[clusters];
        for (int spot = labels.Length - 1; spot >= 0; spot--)
        {
            size[labels[spot]]++;
            smallest[labels[spot]] = spot;
        }

        int[] order = [.. Enumerable.Range(0, clusters)];
        Array.Sort(order, (a, b) => size[a] != size[b] ? size[b].CompareTo(size[a])
            : smallest[a] != smallest[b] ? smallest[a].CompareTo(smallest[b])
            : a.CompareTo(b));
        var number = new int[clusters];
        for (int place = 0; place < clusters; place++)
            number[order[place]] = place;
        for (int spot = 0; spot < labels.Length; spot++)
            labels[spot] = number[labels[spot]];
        return order;
    }
}
