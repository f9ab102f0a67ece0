using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Analysis.Communities;

/// <summary>One start of Leiden on one graph: a partition, and iterations that improve it.</summary>
internal sealed class LeidenRun
{
    private readonly CommunityGraph _graph;
    private readonly double _resolution;
    private readonly double _temperature;
    private readonly NeighbourSums _sums;
    private readonly LocalMoving _moving;
    private readonly Refinement _refinement;
    private readonly int[] _community;
    private readonly int[] _part;
    private readonly int[] _levelNode;
    private readonly int[] _number;
    private RandomStream _random = new(0);

    public LeidenRun(CommunityGraph graph, double resolution, double randomness)
    {
        _graph = graph;
        _resolution = resolution;
        _temperature = randomness * MeanWeight(graph);
        _sums = new NeighbourSums(graph.Nodes);
        _moving = new LocalMoving(graph.Nodes, _sums);
        _refinement = new Refinement(graph.Nodes, _sums);
        _community = new int[graph.Nodes];
        _part = new int[graph.Nodes];
        _levelNode = new int[graph.Nodes];
        _number = new int[graph.Nodes];
        Labels = new int[graph.Nodes];
    }

    /// <summary>The community of each node, 0 … number of communities−1, in no particular order.</summary>
    public int[] Labels { get; }

    /// <summary>Every node alone, with a fresh stream.</summary>
    public void Restart(RandomStream random)
    {
        _random = random;
        for (int node = 0; node < Labels.Length; node++)
            Labels[node] = node;
    }

    /// <summary>
    /// One iteration: local moving, refinement and aggregation, level by level, until every community is a single node of its
    /// level (algorithm A.2, <c>Leiden</c>). The quality does not fall.
    /// </summary>
    /// <returns>The quality afterwards.</returns>
    public double Iterate(CancellationToken cancellation = default)
    {
        CommunityGraph level = _graph;
        Labels.CopyTo(_community, 0);
        for (int node = 0; node < Labels.Length; node++)
            _levelNode[node] = node;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            _moving.Run(level, _community, _resolution, _random);
            if (Renumber(_community, level.Nodes) == level.Nodes)
                break;
            _refinement.Run(level, _community, _part, _resolution, _temperature, _random);
            int parts = Renumber(_part, level.Nodes);
            if (parts == level.Nodes)
                break;
            CommunityGraph next = level.Aggregate(_part, parts, _sums);
            // Parts are numbered by first member, so what is written here has been read already.
            for (int node = 0; node < level.Nodes; node++)
                _community[_part[node]] = _community[node];
            for (int node = 0; node < Labels.Length; node++)
                _levelNode[node] = _part[_levelNode[node]];
            level = next;
        }

        for (int node = 0; node < Labels.Length; node++)
            Labels[node] = _community[_levelNode[node]];
        return Modularity.Of(level, _community.AsSpan(0, level.Nodes), _resolution);
    }

    /// <summary>
    /// Moves single nodes and splits communities that fell apart until neither changes anything. Iterations end in connected
    /// communities by themselves, but the last gain of one level may leave a node of the lowest better off elsewhere.
    /// </summary>
    public void Settle(CancellationToken cancellation = default)
    {
        bool changed = true;
        while (changed)
        {
            cancellation.ThrowIfCancellationRequested();
            changed = _moving.Run(_graph, Labels, _resolution, _random) > 0;
            int communities = Renumber(Labels, Labels.Length);
            if (ConnectedParts.Find(_graph, Labels, _part, _levelNode) == communities)
                continue;
            _part.CopyTo(Labels, 0);
            changed = true;
        }
    }

    /// <summary>Numbers labels below <paramref name="nodes"/> anew, in order of first appearance.</summary>
    private int Renumber(int[] labels, int nodes)
    {
        Array.Fill(_number, -1, 0, nodes);
        int used = 0;
        for (int node = 0; node < nodes; node++)
        {
            ref int number = ref _number[labels[node]];
            if (number < 0)
                number = used++;
            labels[node] = number;
        }

        return used;
    }

    private static double MeanWeight(CommunityGraph graph)
    {
        double sum = 0;
        foreach (double weight in graph.Weights)
            sum += weight;
        return graph.Weights.Length > 0 ? sum / graph.Weights.Length : 1;
    }
}
