namespace SpatialCluster.Analysis.Clustering;

/// <summary>Cuts spots into at most 64 tiles that depend on their number alone: the order of every sum over spots follows from it.</summary>
internal readonly struct SpotTiles
{
    private const int Most = 64, Smallest = 256;
    private readonly int _spots;
    private readonly int _size;

    public SpotTiles(int spots)
    {
        _spots = spots;
        _size = int.Max(Smallest, (int)(((long)spots + Most - 1) / Most));
        Count = (int)(((long)spots + _size - 1) / _size);
    }

    public int Count { get; }

    public int Start(int tile) => tile * _size;

    public int End(int tile) => (int)long.Min((long)(tile + 1) * _size, _spots);
}
