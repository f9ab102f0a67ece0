using SpatialCluster.Analysis.Communities;

namespace SpatialCluster.Analysis.Umap;

/// <summary>
/// The directed edges of a graph and when each is sampled: the heaviest in every epoch, others less often in proportion to their
/// weight, at even intervals. Edges too light for one sample are left out.
/// </summary>
internal sealed class LayoutEdges
{
    private LayoutEdges(int[] heads, int[] tails, float[] periods)
    {
        Heads = heads;
        Tails = tails;
        Periods = periods;
    }

    /// <summary>Where each edge begins; rising.</summary>
    public int[] Heads { get; }

    public int[] Tails { get; }

    /// <summary>Epochs between two samples, at least 1.</summary>
    public float[] Periods { get; }

    public static LayoutEdges From(CommunityGraph graph, int epochs)
    {
        double heaviest = 0;
        foreach (double weight in graph.Weights)
            heaviest = Math.Max(heaviest, weight);
        double lightest = heaviest / Math.Max(epochs, 1);
        int count = 0;
        foreach (double weight in graph.Weights)
            count += weight >= lightest ? 1 : 0;
        var edges = new LayoutEdges(new int[count], new int[count], new float[count]);
        int next = 0;
        for (int node = 0; node < graph.Nodes; node++)
        {
            for (int e = graph.Pointers[node]; e < graph.Pointers[node + 1]; e++)
            {
                if (graph.Weights[e] < lightest)
                    continue;
                edges.Heads[next] = node;
                edges.Tails[next] = graph.Neighbours[e];
                edges.Periods[next++] = (float)(heaviest / graph.Weights[e]);
            }
        }

        return edges;
    }
}
