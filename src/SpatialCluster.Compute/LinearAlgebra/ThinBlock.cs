namespace SpatialCluster.Compute.LinearAlgebra;

/// <summary>
/// A tall, narrow, row-major matrix in double: the thin blocks of a truncated decomposition. Rows are padded with zeros to a
/// multiple of 32, so that kernels need no remainder.
/// </summary>
public sealed class ThinBlock
{
    internal const int Lanes = 32;

    /// <summary>Makes a block of zeros.</summary>
    /// <param name="rows">Number of rows: spots or features.</param>
    /// <param name="columns">Number of columns: components.</param>
    public ThinBlock(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        Rows = rows;
        Columns = columns;
        Stride = (columns + Lanes - 1) / Lanes * Lanes;
        Values = new double[(long)rows * Stride];
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Distance between the starts of two rows, in doubles.</summary>
    internal int Stride { get; }

    /// <summary>All values; row i begins at <c>(long)i * Stride</c>.</summary>
    internal double[] Values { get; }

    /// <summary>A row, without its padding.</summary>
    /// <param name="row">0 … Rows−1.</param>
    /// <returns>The row's values, live.</returns>
    public Span<double> Row(int row) => Values.AsSpan(checked(row * Stride), Columns);

    /// <summary>The inner product of a row with a vector.</summary>
    /// <param name="row">0 … Rows−1.</param>
    /// <param name="vector">One value per column.</param>
    /// <returns>The product.</returns>
    public double Dot(int row, ReadOnlySpan<double> vector) => BlockKernels.Dot(Row(row), vector[..Columns]);

    internal Span<double> PaddedRow(int row) => Values.AsSpan(checked(row * Stride), Stride);
}
