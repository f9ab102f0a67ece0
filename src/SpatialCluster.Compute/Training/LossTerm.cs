namespace SpatialCluster.Compute.Training;

/// <summary>One term of the loss: its factor, and its value summed chunk by chunk in double.</summary>
public sealed class LossTerm
{
    private readonly double[] _chunks;

    /// <summary>A term.</summary>
    /// <param name="name">As histories and reports show it, such as <c>reconstruction/rna</c>.</param>
    /// <param name="factor">Its weight in the total.</param>
    /// <param name="partition">How rows are cut.</param>
    public LossTerm(string name, double factor, RowPartition partition)
    {
        Name = name;
        Factor = factor;
        _chunks = new double[partition.Chunks];
    }

    /// <summary>As histories and reports show it.</summary>
    public string Name { get; }

    /// <summary>Its weight in the total loss.</summary>
    public double Factor { get; }

    /// <summary>A constant added to the sum: 1 in 1 − mean cosine.</summary>
    public double Offset { get; init; }

    /// <summary>The value of the last epoch, without its factor.</summary>
    public double Value
    {
        get
        {
            double sum = Offset;
            foreach (double chunk in _chunks)
                sum += chunk;
            return sum;
        }
    }

    /// <summary>Adds what a tile contributes.</summary>
    internal void Add(in RowTile tile, double value) => _chunks[tile.Chunk] = tile.OpensChunk ? value : _chunks[tile.Chunk] + value;
}
