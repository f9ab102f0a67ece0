namespace SpatialCluster.Compute.Training;

/// <summary>
/// How the rows of a training run are cut, from their number alone: into tiles small enough for a core's cache, and into at
/// most 32 chunks of consecutive tiles. A chunk is what a thread takes, and what sums over rows are kept apart by.
/// </summary>
public sealed class RowPartition
{
    private const int MaxChunks = 32;

    /// <summary>Cuts rows.</summary>
    /// <param name="rows">At least 1.</param>
    public RowPartition(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        Rows = rows;

        // Multiples of 6, the height of a register tile, and of 2, the rows that a dropout mask draws at a time.
        TileRows = rows < 8192 ? 96 : 192;
        int tiles = (rows + TileRows - 1) / TileRows;
        ChunkRows = (tiles + MaxChunks - 1) / MaxChunks * TileRows;
        Chunks = (rows + ChunkRows - 1) / ChunkRows;
    }

    /// <summary>Rows in all.</summary>
    public int Rows { get; }

    /// <summary>Rows of a tile; the last may have fewer.</summary>
    public int TileRows { get; }

    /// <summary>Rows of a chunk: a multiple of <see cref="TileRows"/>.</summary>
    public int ChunkRows { get; }

    /// <summary>Number of chunks.</summary>
    public int Chunks { get; }

    /// <summary>Runs work over the tiles of one chunk, in order.</summary>
    /// <param name="chunk">0 … Chunks−1.</param>
    /// <param name="work">What to do with each tile.</param>
    public void ForEachTile(int chunk, RowWork work)
    {
        int chunkEnd = int.Min(Rows, (chunk + 1) * ChunkRows);
        for (int start = chunk * ChunkRows; start < chunkEnd; start += TileRows)
            work(new RowTile(chunk, start, int.Min(start + TileRows, chunkEnd), start == chunk * ChunkRows));
    }
}
