namespace SpatialCluster.Compute.Memory;

/// <summary>
/// A row-major float32 matrix in native memory. Rows start on 64-byte boundaries: <see cref="Stride"/> is the column count
/// rounded up to 16, and the padding is zero and stays zero.
/// </summary>
public sealed unsafe class Matrix : IDisposable
{
    private readonly NativeBuffer? _buffer;
    private readonly bool _owns;

    /// <summary>Allocates a zero matrix of its own.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    public Matrix(int rows, int columns)
        : this(rows, columns, new NativeBuffer(BytesFor(rows, columns)), 0, owns: true)
    {
    }

    internal Matrix(int rows, int columns, NativeBuffer? buffer, long offsetInFloats, bool owns)
    {
        Rows = rows;
        Columns = columns;
        Stride = PaddedWidth(columns);
        _buffer = buffer;
        _owns = owns;
        Data = buffer is null ? null : buffer.Floats + offsetInFloats;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Distance between the starts of two rows, in floats: <see cref="Columns"/> rounded up to a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>One element. For single look-ups; loops take <see cref="Row"/>.</summary>
    /// <param name="row">0 … Rows−1.</param>
    /// <param name="column">0 … Columns−1.</param>
    /// <returns>The element.</returns>
    public float this[int row, int column]
    {
        get => Row(row)[column];
        set => Row(row)[column] = value;
    }

    /// <summary>The first element; row i begins at <c>Data + (long)i * Stride</c>. Keep the matrix alive while using it.</summary>
    internal float* Data { get; }

    /// <summary>The floats that a width takes in a row, padding included.</summary>
    /// <param name="columns">The width.</param>
    /// <returns>A multiple of 16.</returns>
    public static int PaddedWidth(int columns) => (columns + 15) & ~15;

    /// <summary>The bytes that a matrix takes.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <returns>The size in bytes.</returns>
    public static long BytesFor(long rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        return checked(rows * PaddedWidth(columns) * sizeof(float));
    }

    /// <summary>A matrix with the values of a row-major array.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="values">rows × columns values.</param>
    /// <returns>A new matrix.</returns>
    public static Matrix From(int rows, int columns, ReadOnlySpan<float> values)
    {
        var matrix = new Matrix(rows, columns);
        for (int i = 0; i < rows; i++)
            values.Slice(i * columns, columns).CopyTo(matrix.Row(i));
        return matrix;
    }

    /// <summary>A row, without its padding.</summary>
    /// <param name="row">0 … Rows−1.</param>
    /// <returns>The row's values, live.</returns>
    public Span<float> Row(int row)
    {
        if ((uint)row >= (uint)Rows)
            throw new ArgumentOutOfRangeException(nameof(row));
        ObjectDisposedException.ThrowIf(_buffer is null || _buffer.IsClosed, this);
        return new Span<float>(Data + ((long)row * Stride), Columns);
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear() => Clear(0, Rows);

    /// <summary>Sets the elements of some rows to zero.</summary>
    /// <param name="start">First row.</param>
    /// <param name="end">The row after the last.</param>
    public void Clear(int start, int end)
    {
        for (int i = start; i < end; i++)
            Row(i).Clear();
    }

    /// <summary>Copies another matrix of the same shape into this one.</summary>
    /// <param name="source">The values to take.</param>
    public void CopyFrom(Matrix source)
    {
        if (source.Rows != Rows || source.Columns != Columns)
            throw new ArgumentException($"A {source.Rows} × {source.Columns} matrix does not fit into a {Rows} × {Columns} one.", nameof(source));
        for (int i = 0; i < Rows; i++)
            source.Row(i).CopyTo(Row(i));
    }

    /// <summary>The values as a row-major array without padding.</summary>
    /// <returns>rows × columns values.</returns>
    public float[] ToArray()
    {
        var values = new float[(long)Rows * Columns];
        for (int i = 0; i < Rows; i++)
            Row(i).CopyTo(values.AsSpan(i * Columns, Columns));
        return values;
    }

    /// <summary>Releases the memory, if the matrix owns it (one from an arena does not).</summary>
    public void Dispose()
    {
        if (_owns)
            _buffer?.Dispose();
    }
}
