using SpatialCluster.Analysis.Communities;

namespace SpatialCluster.Analysis.Umap;

/// <summary>A connected part of a graph, its nodes numbered anew, with weights w_ij/√(k_i k_j), k being sums of weights.</summary>
internal sealed class GraphPart
{
    private GraphPart(int[] nodes, int[] pointers, int[] neighbours, double[] weights, double[] roots)
    {
        Nodes = nodes;
        Pointers = pointers;
        Neighbours = neighbours;
        Weights = weights;
        Roots = roots;
    }

    /// <summary>The nodes in the whole graph, rising.</summary>
    public int[] Nodes { get; }

    public int Count => Nodes.Length;

    public int[] Pointers { get; }

    public int[] Neighbours { get; }

    public double[] Weights { get; }

    /// <summary>√k scaled to length 1: the eigenvector of the normalised weights with eigenvalue 1.</summary>
    public double[] Roots { get; }

    /// <summary>The nodes of each connected part, largest part first, equal ones by smallest node.</summary>
    public static int[][] Split(CommunityGraph graph)
    {
        var part = new int[graph.Nodes];
        int parts = ConnectedParts.Find(graph, new int[graph.Nodes], part, new int[graph.Nodes]);
        CommunityLabels.OrderBySize(part);
        var sizes = new int[parts];
        foreach (int p in part)
            sizes[p]++;
        int[][] members = [.. sizes.Select(size => new int[size])];
        Array.Clear(sizes);
        for (int node = 0; node < part.Length; node++)
            members[part[node]][sizes[part[node]]++] = node;
        return members;
    }

    /// <summary>Takes a part out of a graph.</summary>
    /// <param name="graph">The whole graph.</param>
    /// <param name="nodes">All nodes of one connected part, rising; at least 2.</param>
    /// <param name="number">Room for one number per node of the graph.</param>
    public static GraphPart Of(CommunityGraph graph, int[] nodes, int[] number)
    {
        var pointers = new int[nodes.Length + 1];
        var strengths = new double[nodes.Length];
        double total = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            number[nodes[i]] = i;
            pointers[i + 1] = pointers[i] + graph.Pointers[nodes[i] + 1] - graph.Pointers[nodes[i]];
            strengths[i] = graph.Strengths[nodes[i]] - graph.Loops[nodes[i]];
            total += strengths[i];
        }

        var neighbours = new int[pointers[^1]];
        var weights = new double[pointers[^1]];
        for (int i = 0; i < nodes.Length; i++)
        {
            int from = graph.Pointers[nodes[i]];
            for (int e = pointers[i]; e < pointers[i + 1]; e++)
            {
                int other = number[graph.Neighbours[from + e - pointers[i]]];
                neighbours[e] = other;
                weights[e] = graph.Weights[from + e - pointers[i]] / Math.Sqrt(strengths[i] * strengths[other]);
            }
        }

        return new GraphPart(nodes, pointers, neighbours, weights, [.. strengths.Select(s => Math.Sqrt(s / total))]);
    }
}
