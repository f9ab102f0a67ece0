namespace SpatialCluster.Compute.Sparse;

/// <summary>
/// A sparse float32 matrix in compressed rows: counts (spots × features) and graphs (spots × spots) alike. Columns are int32
/// and rise strictly within a row; row pointers are int64, so that more than 2³¹ non-zeros have names.
/// </summary>
public sealed class CsrMatrix
{
    /// <summary>Wraps arrays that the caller hands over.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="rowPointers">rows + 1 offsets, from 0 to the number of non-zeros.</param>
    /// <param name="columnIndices">The column of each stored value, rising within a row.</param>
    /// <param name="values">The stored values.</param>
    public CsrMatrix(int rows, int columns, long[] rowPointers, int[] columnIndices, float[] values)
    {
        if (rowPointers.Length != rows + 1 || rowPointers[0] != 0 || rowPointers[rows] > columnIndices.LongLength || rowPointers[rows] > values.LongLength)
            throw new ArgumentException("Row pointers, columns and values of a sparse matrix do not belong together.", nameof(rowPointers));
        Rows = rows;
        Columns = columns;
        RowPointers = rowPointers;
        ColumnIndices = columnIndices;
        Values = values;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>rows + 1 offsets into the two other arrays.</summary>
    public long[] RowPointers { get; }

    /// <summary>The column of each stored value.</summary>
    public int[] ColumnIndices { get; }

    /// <summary>The stored values.</summary>
    public float[] Values { get; }

    /// <summary>How many values are stored.</summary>
    public long NonZeros => RowPointers[Rows];

    /// <summary>The columns of one row.</summary>
    /// <param name="row">0 … Rows−1.</param>
    /// <returns>Rising column indices.</returns>
    public ReadOnlySpan<int> RowColumns(int row) =>
        ColumnIndices.AsSpan((int)RowPointers[row], (int)(RowPointers[row + 1] - RowPointers[row]));

    /// <summary>The values of one row, beside <see cref="RowColumns"/>.</summary>
    /// <param name="row">0 … Rows−1.</param>
    /// <returns>The stored values.</returns>
    public ReadOnlySpan<float> RowValues(int row) =>
        Values.AsSpan((int)RowPointers[row], (int)(RowPointers[row + 1] - RowPointers[row]));

    /// <summary>The transpose, by counting sort: linear in rows, columns and non-zeros.</summary>
    /// <returns>A new matrix, columns rising within its rows.</returns>
    public CsrMatrix Transpose()
    {
        var pointers = new long[Columns + 1];
        long nonZeros = NonZeros;
        for (long e = 0; e < nonZeros; e++)
            pointers[ColumnIndices[e] + 1]++;
        for (int c = 0; c < Columns; c++)
            pointers[c + 1] += pointers[c];
        var next = new long[Columns];
        Array.Copy(pointers, next, Columns);
        var indices = new int[nonZeros];
        var values = new float[nonZeros];
        for (int row = 0; row < Rows; row++)
        {
            for (long e = RowPointers[row]; e < RowPointers[row + 1]; e++)
            {
                long place = next[ColumnIndices[e]]++;
                indices[place] = row;
                values[place] = Values[e];
            }
        }

        return new CsrMatrix(Columns, Rows, pointers, indices, values);
    }
}
