namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>Cuts rows into tiles that depend on their number alone, never on threads: the order of every reduction follows from it.</summary>
internal readonly struct RowTiles
{
    private readonly int _rows;

    private RowTiles(int rows, int size)
    {
        _rows = rows;
        Size = size;
        Count = (int)(((long)rows + size - 1) / size);
    }

    public int Count { get; }

    public int Size { get; }

    /// <summary>Tiles for work that reduces nothing across rows.</summary>
    public static RowTiles For(int rows) => new(rows, 64);

    /// <summary>Tiles large enough to reuse what they gather from; each holds whole tiles of <see cref="For"/>.</summary>
    public static RowTiles ForProducts(int rows) => new(rows, 512);

    /// <summary>Few tiles, for reductions whose partial results are large.</summary>
    public static RowTiles ForReduction(int rows, int most = 64) => new(rows, int.Max(512, (int)(((long)rows + most - 1) / most)));

    public int Start(int tile) => tile * Size;

    public int End(int tile) => (int)long.Min((long)(tile + 1) * Size, _rows);
}
