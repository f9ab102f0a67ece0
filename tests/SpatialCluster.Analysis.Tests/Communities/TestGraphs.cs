using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Analysis.Communities;

/// <summary>Symmetric graphs for tests.</summary>
internal static class TestGraphs
{
    /// <summary>A graph from edges, each given once; an edge from a node to itself is the diagonal entry.</summary>
    public static CsrMatrix FromEdges(int nodes, IEnumerable<(int From, int To, float Weight)> edges)
    {
        SortedDictionary<int, float>[] rows = [.. Enumerable.Range(0, nodes).Select(_ => new SortedDictionary<int, float>())];
        foreach ((int from, int to, float weight) in edges)
        {
            rows[from][to] = weight;
            rows[to][from] = weight;
        }

        var pointers = new long[nodes + 1];
        for (int row = 0; row < nodes; row++)
            pointers[row + 1] = pointers[row] + rows[row].Count;
        return new CsrMatrix(nodes, nodes, pointers, [.. rows.SelectMany(x => x.Keys)], [.. rows.SelectMany(x => x.Values)]);
    }

    /// <summary>A random graph with weights in (0, 2] and, if wanted, loops.</summary>
    public static CsrMatrix Random(int nodes, double density, bool loops, int seed)
    {
        RandomStream random = new RandomStream((ulong)seed).Derive("test graph");
        var edges = new List<(int, int, float)>();
        for (int i = 0; i < nodes; i++)
        {
            for (int j = loops ? i : i + 1; j < nodes; j++)
            {
                if (random.NextDouble() < density)
                    edges.Add((i, j, 2 - (float)(2 * random.NextDouble())));
            }
        }

        return FromEdges(nodes, edges);
    }

    /// <summary>Node i in group i mod groups; more edges inside of groups than between them.</summary>
    public static CsrMatrix Planted(int nodes, int groups, double inside, double between, int seed)
    {
        RandomStream random = new RandomStream((ulong)seed).Derive("planted");
        var edges = new List<(int, int, float)>();
        for (int i = 0; i < nodes; i++)
        {
            for (int j = i + 1; j < nodes; j++)
            {
                if (random.NextDouble() < (i % groups == j % groups ? inside : between))
                    edges.Add((i, j, 1));
            }
        }

        return FromEdges(nodes, edges);
    }

    /// <summary>Cliques of one size in a ring, neighbours joined by one edge.</summary>
    public static CsrMatrix RingOfCliques(int cliques, int size)
    {
        var edges = new List<(int, int, float)>();
        for (int c = 0; c < cliques; c++)
        {
            for (int i = 0; i < size; i++)
            {
                for (int j = i + 1; j < size; j++)
                    edges.Add(((c * size) + i, (c * size) + j, 1));
            }

            edges.Add((c * size, (((c + 1) % cliques) * size) + 1, 1));
        }

        return FromEdges(cliques * size, edges);
    }

    /// <summary>The formula of modularity as it is written, over all pairs.</summary>
    public static double QualityByPairs(CsrMatrix graph, int[] labels, double resolution)
    {
        int nodes = graph.Rows;
        var dense = new double[nodes, nodes];
        var strength = new double[nodes];
        double total = 0;
        for (int row = 0; row < nodes; row++)
        {
            for (long e = graph.RowPointers[row]; e < graph.RowPointers[row + 1]; e++)
            {
                dense[row, graph.ColumnIndices[e]] = graph.Values[e];
                strength[row] += graph.Values[e];
                total += graph.Values[e];
            }
        }

        double quality = 0;
        for (int i = 0; i < nodes; i++)
        {
            for (int j = 0; j < nodes; j++)
            {
                if (labels[i] == labels[j] && total > 0)
                    quality += (dense[i, j] - (resolution * strength[i] * strength[j] / total)) / total;
            }
        }

        return quality;
    }
}
