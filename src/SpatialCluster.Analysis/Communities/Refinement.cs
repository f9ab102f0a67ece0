using SpatialCluster.Compute.Numerics;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Analysis.Communities;

/// <summary>
/// The refinement (Traag et al. 2019, algorithm A.2, <c>MergeNodesSubset</c>): inside each community, nodes start alone and
/// merge at random, with probability ∝ exp(gain / θ), into well-connected parts they have an edge to. The parts are therefore
/// connected.
/// </summary>
/// <remarks>
/// A node that may merge does merge (staying alone is not among the choices), so a community of a locally optimal partition
/// always shrinks to fewer parts than it has nodes: there some neighbour has a gain that is not negative.
/// </remarks>
internal sealed class Refinement
{
    private readonly int[] _order;
    private readonly bool[] _shared;
    private readonly double[] _communityStrength;
    private readonly double[] _partStrength;
    private readonly double[] _cut;
    private readonly int[] _candidates;
    private readonly double[] _gains;
    private readonly NeighbourSums _sums;

    public Refinement(int nodes, NeighbourSums sums)
    {
        _order = new int[nodes];
        _shared = new bool[nodes];
        _communityStrength = new double[nodes];
        _partStrength = new double[nodes];
        _cut = new double[nodes];
        _candidates = new int[nodes];
        _gains = new double[nodes];
        _sums = sums;
    }

    /// <summary>Splits communities into connected parts.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="community">The community of each node.</param>
    /// <param name="part">Receives the part of each node: the index of one of its nodes.</param>
    /// <param name="resolution">γ.</param>
    /// <param name="temperature">θ in the unit of the weights.</param>
    /// <param name="random">Order and choices.</param>
    public void Run(CommunityGraph graph, int[] community, int[] part, double resolution, double temperature, RandomStream random)
    {
        int nodes = graph.Nodes;
        double perTotal = graph.Total > 0 ? resolution / graph.Total : 0;
        Prepare(graph, community, part);
        random.Permutation(_order.AsSpan(0, nodes));
        foreach (int node in _order.AsSpan(0, nodes))
        {
            double strength = graph.Strengths[node];
            double whole = _communityStrength[community[node]];
            if (_shared[node] || !WellConnected(node, whole, perTotal))
                continue;
            _sums.AddWithin(graph, node, part, community);
            int count = 0;
            double best = 0;
            foreach (int candidate in _sums.Touched)
            {
                double gain = _sums[candidate] - (perTotal * strength * _partStrength[candidate]);
                if (gain < -LocalMoving.Tolerance * strength || !WellConnected(candidate, whole, perTotal))
                    continue;
                _candidates[count] = candidate;
                _gains[count++] = gain;
                best = Math.Max(best, gain);
            }

            if (count > 0)
            {
                int chosen = _candidates[Choose(count, best, temperature, random)];
                part[node] = chosen;
                _shared[node] = true;
                _shared[chosen] = true;
                _partStrength[chosen] += strength;
                _cut[chosen] += _cut[node] - (2 * _sums[chosen]);
            }

            _sums.Clear();
        }
    }

    private void Prepare(CommunityGraph graph, int[] community, int[] part)
    {
        int nodes = graph.Nodes;
        Array.Clear(_shared, 0, nodes);
        Array.Clear(_communityStrength, 0, nodes);
        for (int node = 0; node < nodes; node++)
        {
            part[node] = node;
            _partStrength[node] = graph.Strengths[node];
            _communityStrength[community[node]] += graph.Strengths[node];
            _cut[node] = WeightWithin(graph, node, community);
        }
    }

    private static double WeightWithin(CommunityGraph graph, int node, int[] community)
    {
        int first = graph.Pointers[node], length = graph.Pointers[node + 1] - first;
        ReadOnlySpan<int> neighbours = graph.Neighbours.AsSpan(first, length);
        ReadOnlySpan<double> weights = graph.Weights.AsSpan(first, length);
        int own = community[node];
        double inside = 0;
        for (int e = 0; e < neighbours.Length; e++)
        {
            // A factor of one or nothing rather than a branch that is hard to foresee.
            inside += (community[neighbours[e]] == own ? 1 : 0) * weights[e];
        }

        return inside;
    }

    private bool WellConnected(int part, double whole, double perTotal)
    {
        double strength = _partStrength[part];
        return _cut[part] >= (perTotal * strength * (whole - strength)) - (LocalMoving.Tolerance * strength);
    }

    private int Choose(int count, double best, double temperature, RandomStream random)
    {
        if (count == 1)
            return 0;
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            double exponent = (_gains[i] - best) / temperature;
            // e⁻⁴⁰ is below what 53 random bits can tell from nothing.
            sum += exponent < -40 ? 0 : StableMath.Exp(exponent);
            _gains[i] = sum;
        }

        double draw = random.NextDouble() * sum;
        int chosen = 0;
        while (chosen < count - 1 && _gains[chosen] <= draw)
            chosen++;
        return chosen;
    }
}
