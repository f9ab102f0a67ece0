using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Analysis.Communities;

/// <summary>
/// Fast local moving (Traag et al. 2019, algorithm A.2, <c>MoveNodesFast</c>): nodes wait in a queue, each goes to the
/// neighbouring (or an empty) community of highest gain, and a move wakes the neighbours outside of the new community.
/// Its arrays are sized once for the largest graph.
/// </summary>
internal sealed class LocalMoving
{
    /// <summary>
    /// A gain counts where it exceeds this share of the node's strength: far above rounding (some 10⁻¹⁵), so that every move
    /// truly improves and the queue runs empty; all gains passed over together are below 10⁻¹⁰ of the quality.
    /// </summary>
    public const double Tolerance = 1e-11;

    private readonly int[] _queue;
    private readonly bool[] _waiting;
    private readonly double[] _strength;
    private readonly int[] _size;
    private readonly int[] _empty;
    private readonly NeighbourSums _sums;

    public LocalMoving(int nodes, NeighbourSums sums)
    {
        _queue = new int[nodes];
        _waiting = new bool[nodes];
        _strength = new double[nodes];
        _size = new int[nodes];
        _empty = new int[nodes];
        _sums = sums;
    }

    /// <summary>
    /// Moves nodes until the queue is empty. The quality never falls; a community that grew lighter may still attract a node
    /// that was not woken, so a second run can find a move (<see cref="LeidenRun.Settle"/> runs until none is left).
    /// </summary>
    /// <param name="graph">The graph.</param>
    /// <param name="community">The community of each node, below the number of nodes; changed in place.</param>
    /// <param name="resolution">γ.</param>
    /// <param name="random">The order of the first pass.</param>
    /// <returns>How many moves were made.</returns>
    public long Run(CommunityGraph graph, int[] community, double resolution, RandomStream random)
    {
        int nodes = graph.Nodes;
        int[] pointers = graph.Pointers;
        int[] neighbours = graph.Neighbours;
        double perTotal = graph.Total > 0 ? resolution / graph.Total : 0;
        int empty = Prepare(graph, community);
        random.Permutation(_queue.AsSpan(0, nodes));
        int head = 0, queued = nodes;
        long moves = 0;
        while (queued > 0)
        {
            int node = _queue[head];
            head = head + 1 == nodes ? 0 : head + 1;
            queued--;
            _waiting[node] = false;
            int first = pointers[node], end = pointers[node + 1];
            if (first == end)
                continue;

            int old = community[node];
            double strength = graph.Strengths[node];
            _sums.Add(graph, node, community);
            _strength[old] -= strength;
            if (--_size[old] == 0)
                _strength[old] = 0;
            double cost = perTotal * strength;
            double stay = _sums[old] - (cost * _strength[old]);
            int best = old;
            double gain = stay;
            foreach (int candidate in _sums.Touched)
            {
                double there = _sums[candidate] - (cost * _strength[candidate]);
                if (there > gain)
                {
                    gain = there;
                    best = candidate;
                }
            }

            _sums.Clear();
            double threshold = stay + (Tolerance * strength);
            bool alone = gain < 0 && _size[old] > 0;
            if (alone)
                gain = 0;
            if (gain <= threshold)
                best = old;
            else if (alone)
                best = _empty[--empty];
            _strength[best] += strength;
            _size[best]++;
            if (best == old)
                continue;

            community[node] = best;
            moves++;
            if (_size[old] == 0)
                _empty[empty++] = old;
            for (int e = first; e < end; e++)
            {
                int neighbour = neighbours[e];
                if (_waiting[neighbour] || community[neighbour] == best)
                    continue;
                _waiting[neighbour] = true;
                int tail = head + queued++;
                _queue[tail >= nodes ? tail - nodes : tail] = neighbour;
            }
        }

        return moves;
    }

    private int Prepare(CommunityGraph graph, int[] community)
    {
        int nodes = graph.Nodes;
        Array.Clear(_strength, 0, nodes);
        Array.Clear(_size, 0, nodes);
        Array.Fill(_waiting, true, 0, nodes);
        for (int node = 0; node < nodes; node++)
        {
            _strength[community[node]] += graph.Strengths[node];
            _size[community[node]]++;
        }

        int empty = 0;
        for (int c = nodes - 1; c >= 0; c--)
        {
            if (_size[c] == 0)
                _empty[empty++] = c;
        }

        return empty;
    }
}
