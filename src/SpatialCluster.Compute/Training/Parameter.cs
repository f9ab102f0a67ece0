using SpatialCluster.Compute.Kernels;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;

namespace SpatialCluster.Compute.Training;

/// <summary>
/// A trained matrix (or a vector, as one row): its value, gradient and Adam moments. The gradient is summed chunk by chunk
/// into partial sums, which are then added in the order of the chunks.
/// </summary>
public sealed unsafe class Parameter
{
    private readonly Matrix[] _partials;

    /// <summary>Cuts a zero parameter from an arena.</summary>
    /// <param name="name">Its name in checkpoints and model files.</param>
    /// <param name="rows">Inputs; 1 for a vector.</param>
    /// <param name="columns">Outputs.</param>
    /// <param name="partition">How rows are cut: one partial sum per chunk.</param>
    /// <param name="arena">Where the memory comes from.</param>
    public Parameter(string name, int rows, int columns, RowPartition partition, Arena arena)
    {
        Name = name;
        Value = arena.Allocate(rows, columns);
        Gradient = arena.Allocate(rows, columns);
        FirstMoment = arena.Allocate(rows, columns);
        SecondMoment = arena.Allocate(rows, columns);
        _partials = new Matrix[partition.Chunks];
        for (int chunk = 0; chunk < _partials.Length; chunk++)
            _partials[chunk] = arena.Allocate(rows, columns);
        Packed = new PackedMatrix(rows, columns, arena);
        PackedTransposed = new PackedMatrix(columns, rows, arena);
    }

    /// <summary>Its name in checkpoints and model files.</summary>
    public string Name { get; }

    /// <summary>The value, inputs × outputs.</summary>
    public Matrix Value { get; }

    /// <summary>The derivative of the loss.</summary>
    public Matrix Gradient { get; }

    /// <summary>Adam's running mean of the gradient.</summary>
    public Matrix FirstMoment { get; }

    /// <summary>Adam's running mean of the squared gradient.</summary>
    public Matrix SecondMoment { get; }

    /// <summary>The value as a right operand.</summary>
    internal PackedMatrix Packed { get; }

    /// <summary>The transposed value as a right operand.</summary>
    internal PackedMatrix PackedTransposed { get; }

    /// <summary>The sum of one chunk.</summary>
    internal Matrix Partial(int chunk) => _partials[chunk];

    /// <summary>The sum of one chunk, set to zero where the tile opens the chunk.</summary>
    internal Matrix OpenPartial(in RowTile tile)
    {
        Matrix partial = _partials[tile.Chunk];
        if (tile.OpensChunk)
            partial.Clear();
        return partial;
    }

    /// <summary>Sets the value to uniform numbers in ±√(6 / (fanIn + fanOut)) (Glorot &amp; Bengio, 2010).</summary>
    /// <param name="random">The parameter's own stream.</param>
    /// <param name="fanIn">Inputs that each output sums over.</param>
    /// <param name="fanOut">Outputs that each input reaches.</param>
    public void InitialiseGlorot(RandomStream random, double fanIn, double fanOut)
    {
        double bound = Math.Sqrt(6 / (fanIn + fanOut));
        for (int row = 0; row < Value.Rows; row++)
        {
            foreach (ref float value in Value.Row(row))
                value = (float)(((2 * random.NextDouble()) - 1) * bound);
        }
    }

    /// <summary>Renews the operand forms after the value changed.</summary>
    public void Pack()
    {
        Packed.Pack(Value);
        PackedTransposed.PackTransposed(Value);
    }

    /// <summary>Adds up the chunks' sums.</summary>
    public void ReduceGradient()
    {
        long length = (long)Value.Rows * Value.Stride;
        Gradient.CopyFrom(_partials[0]);
        for (int chunk = 1; chunk < _partials.Length; chunk++)
            RowKernels.AddScaled(1, _partials[chunk].Data, Gradient.Data, checked((int)length));
    }
}
