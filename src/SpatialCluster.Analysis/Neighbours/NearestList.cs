using System.Runtime.CompilerServices;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>The best neighbours met so far, by (squared distance, index).</summary>
internal ref struct NearestList
{
    private readonly Span<double> _squared;
    private readonly Span<int> _indices;
    private int _count;
    private double _worst = double.PositiveInfinity;
    private int _worstIndex = int.MaxValue;

    public NearestList(Span<double> squared, Span<int> indices)
    {
        _squared = squared;
        _indices = indices;
    }

    public readonly ReadOnlySpan<double> Squared => _squared;

    public readonly ReadOnlySpan<int> Indices => _indices;

    /// <summary>Whether a spot at this distance with this index would come before the last one on the list.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly bool Wants(double squared, int index) => squared < _worst || (squared == _worst && index < _worstIndex);

    public void Insert(double squared, int index)
    {
        int place = _count < _indices.Length ? _count++ : _count - 1;
        while (place > 0 && (_squared[place - 1] > squared || (_squared[place - 1] == squared && _indices[place - 1] > index)))
        {
            _squared[place] = _squared[place - 1];
            _indices[place] = _indices[place - 1];
            place--;
        }

        _squared[place] = squared;
        _indices[place] = index;
        if (_count == _indices.Length)
        {
            _worst = _squared[^1];
            _worstIndex = _indices[^1];
        }
    }

    public void Clear()
    {
        _count = 0;
        _worst = double.PositiveInfinity;
        _worstIndex = int.MaxValue;
    }
}
