namespace SpatialCluster.Compute.Memory;

/// <summary>
/// One block of native memory from which the matrices of a training run are cut. It is sized once: build the model against
/// <see cref="Measure"/> first, which only counts, then against an arena of that size. Nothing is allocated afterwards.
/// </summary>
public sealed class Arena : IDisposable
{
    private readonly NativeBuffer? _buffer;
    private long _usedFloats;

    private Arena(NativeBuffer? buffer) => _buffer = buffer;

    /// <summary>The bytes handed out so far.</summary>
    public long UsedBytes => _usedFloats * sizeof(float);

    /// <summary>Whether this arena only counts, so that nobody may touch its matrices.</summary>
    public bool IsMeasuring => _buffer is null;

    /// <summary>An arena that only counts: its matrices have shapes but no memory. The memory forecast of a run.</summary>
    /// <returns>The counting arena.</returns>
    public static Arena Measure() => new(buffer: null);

    /// <summary>An arena with memory.</summary>
    /// <param name="bytes">As counted by <see cref="Measure"/>.</param>
    /// <returns>The arena.</returns>
    public static Arena OfSize(long bytes) => new(new NativeBuffer(bytes));

    /// <summary>Cuts a zero matrix from the arena.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <returns>A matrix that lives as long as the arena.</returns>
    public Matrix Allocate(int rows, int columns)
    {
        long offset = _usedFloats;
        _usedFloats += Matrix.BytesFor(rows, columns) / sizeof(float);
        if (_buffer is not null && _usedFloats * sizeof(float) > _buffer.Bytes)
            throw new InvalidOperationException("The arena was measured for less than is now asked of it.");
        return new Matrix(rows, columns, _buffer, offset, owns: false);
    }

    /// <summary>Releases the memory of all matrices.</summary>
    public void Dispose() => _buffer?.Dispose();
}
