namespace SpatialCluster.Analysis.Communities;

/// <summary>
/// Weights summed by label over the neighbours of a node: a dense array that remembers which places it touched, so that a sum
/// costs a few nanoseconds and clearing costs what was used.
/// </summary>
/// <remarks>
/// The loops have no branch on the data: the place of a label is written each time and kept only if its sum was still zero,
/// because processors guess wrongly about every third neighbour.
/// </remarks>
internal sealed class NeighbourSums
{
    private readonly double[] _sums;
    private readonly int[] _touched;

    public NeighbourSums(int labels)
    {
        // One place for what lies outside, one for the write that is not kept.
        _sums = new double[labels + 1];
        _touched = new int[labels + 2];
    }

    public int Count { get; private set; }

    /// <summary>The labels with a sum, in the order in which they were met.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, Count);

    public double this[int label] => _sums[label];

    /// <summary>Adds the weights of one node's edges to the labels of its neighbours.</summary>
    public void Add(CommunityGraph graph, int node, int[] labels)
    {
        double[] sums = _sums;
        int[] touched = _touched;
        int count = Count;
        int first = graph.Pointers[node], length = graph.Pointers[node + 1] - first;
        ReadOnlySpan<int> neighbours = graph.Neighbours.AsSpan(first, length);
        ReadOnlySpan<double> weights = graph.Weights.AsSpan(first, length);
        for (int e = 0; e < neighbours.Length; e++)
        {
            int label = labels[neighbours[e]];
            ref double sum = ref sums[label];
            touched[count] = label;
            count += sum == 0 ? 1 : 0;
            sum += weights[e];
        }

        Count = count;
    }

    /// <summary>The same, over the neighbours that share the node's group only.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="node">The node.</param>
    /// <param name="labels">What to sum by.</param>
    /// <param name="groups">The group of each node.</param>
    public void AddWithin(CommunityGraph graph, int node, int[] labels, int[] groups)
    {
        double[] sums = _sums;
        int[] touched = _touched;
        int count = Count, group = groups[node], outside = sums.Length - 1;
        int first = graph.Pointers[node], length = graph.Pointers[node + 1] - first;
        ReadOnlySpan<int> neighbours = graph.Neighbours.AsSpan(first, length);
        ReadOnlySpan<double> weights = graph.Weights.AsSpan(first, length);
        for (int e = 0; e < neighbours.Length; e++)
        {
            int neighbour = neighbours[e];
            bool within = groups[neighbour] == group;
            int label = within ? labels[neighbour] : outside;
            ref double sum = ref sums[label];
            touched[count] = label;
            count += within & sum == 0 ? 1 : 0;
            sum += weights[e];
        }

        sums[outside] = 0;
        Count = count;
    }

    public void Clear()
    {
        foreach (int label in Touched)
            _sums[label] = 0;
        Count = 0;
    }
}
