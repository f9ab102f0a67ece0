using System.Runtime.CompilerServices;

namespace SpatialCluster.Analysis.Communities;

/// <summary>Sums by community over the neighbours of one node: a dense array that remembers which places it touched.</summary>
internal sealed class NeighbourSums
{
    private readonly double[] _sums;
    private readonly int[] _touched;

    public NeighbourSums(int communities)
    {
        _sums = new double[communities];
        _touched = new int[communities];
    }

    public int Count { get; private set; }

    /// <summary>The communities with a sum, in the order in which they were met.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, Count);

    public double this[int community] => _sums[community];

    /// <summary>Adds a positive weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int community, double weight)
    {
        double sum = _sums[community];
        if (sum == 0)
            _touched[Count++] = community;
        _sums[community] = sum + weight;
    }

    public void Clear()
    {
        foreach (int community in Touched)
            _sums[community] = 0;
        Count = 0;
    }
}
