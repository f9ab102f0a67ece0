namespace SpatialCluster.Analysis.Communities;

/// <summary>The numbering of communities.</summary>
internal static class CommunityLabels
{
    /// <summary>Numbers labels 0 … by falling size, equal sizes by smallest member, in place.</summary>
    /// <param name="labels">Labels between 0 and the number of nodes.</param>
    /// <returns>How many communities there are.</returns>
    public static int OrderBySize(int[] labels)
    {
        var size = new int[labels.Length];
        var smallest = new int[labels.Length];
        for (int node = labels.Length - 1; node >= 0; node--)
        {
            size[labels[node]]++;
            smallest[labels[node]] = node;
        }

        var order = new List<int>();
        for (int label = 0; label < labels.Length; label++)
        {
            if (size[label] > 0)
                order.Add(label);
        }

        // Smallest members differ, so the order is total and the sort need not be stable.
        order.Sort((a, b) => size[a] != size[b] ? size[b].CompareTo(size[a]) : smallest[a].CompareTo(smallest[b]));
        var number = new int[labels.Length];
        for (int place = 0; place < order.Count; place++)
            number[order[place]] = place;
        for (int node = 0; node < labels.Length; node++)
            labels[node] = number[labels[node]];
        return order.Count;
    }
}
