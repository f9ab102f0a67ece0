namespace SpatialCluster.Compute.Training;

/// <summary>Some consecutive rows that one thread works on.</summary>
/// <param name="Chunk">The chunk that the tile belongs to.</param>
/// <param name="Start">First row.</param>
/// <param name="End">The row after the last.</param>
/// <param name="OpensChunk">Whether it is the first tile of its chunk, which starts the chunk's sums.</param>
public readonly record struct RowTile(int Chunk, int Start, int End, bool OpensChunk)
{
    /// <summary>How many rows.</summary>
    public int Rows => End - Start;
}

/// <summary>Work on one tile of rows. May write only to rows of the tile and to what belongs to its chunk.</summary>
/// <param name="tile">The rows.</param>
public delegate void RowWork(RowTile tile);
