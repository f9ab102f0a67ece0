namespace SpatialCluster.Analysis.Communities;

/// <summary>The connected parts of groups of nodes.</summary>
internal static class ConnectedParts
{
    /// <summary>Numbers the connected parts of the whole graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <returns>How many there are.</returns>
    public static int Count(CommunityGraph graph) =>
        Find(graph, new int[graph.Nodes], new int[graph.Nodes], new int[graph.Nodes]);

    /// <summary>Numbers the connected parts of each group, in order of smallest member.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="group">The group of each node; edges between groups do not connect.</param>
    /// <param name="part">Receives the part of each node, 0 … parts−1.</param>
    /// <param name="queue">Room for one number per node.</param>
    /// <returns>How many parts there are.</returns>
    public static int Find(CommunityGraph graph, int[] group, int[] part, int[] queue)
    {
        Array.Fill(part, -1);
        int parts = 0;
        for (int start = 0; start < graph.Nodes; start++)
        {
            if (part[start] >= 0)
                continue;
            part[start] = parts;
            queue[0] = start;
            for (int head = 0, tail = 1; head < tail; head++)
            {
                int node = queue[head];
                for (int e = graph.Pointers[node]; e < graph.Pointers[node + 1]; e++)
                {
                    int neighbour = graph.Neighbours[e];
                    if (part[neighbour] >= 0 || group[neighbour] != group[node])
                        continue;
                    part[neighbour] = parts;
                    queue[tail++] = neighbour;
                }
            }

            parts++;
        }

        return parts;
    }
}
