namespace SpatialCluster.Compute.Sparse;

/// <summary>The non-zero entries of a few consecutive rows: what one tile of work makes of a matrix that is not known yet.</summary>
/// <param name="rows">How many rows.</param>
public sealed class RowEntries(int rows)
{
    private readonly int[] _rowEnds = new int[rows];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private int _row;

    /// <summary>How many rows.</summary>
    public int Rows => _rowEnds.Length;

    /// <summary>Adds an entry to the present row; a zero is none.</summary>
    /// <param name="column">Its column, higher than those before in the row.</param>
    /// <param name="value">Its value.</param>
    public void Add(int column, float value)
    {
        if (value == 0)
            return;
        _columns.Add(column);
        _values.Add(value);
    }

    /// <summary>Goes on to the next row.</summary>
    public void EndRow() => _rowEnds[_row++] = _columns.Count;

    /// <summary>One matrix of consecutive blocks; each block is let go as soon as it is copied.</summary>
    /// <param name="blocks">In the order of their rows; the array is emptied.</param>
    /// <param name="rows">Rows of all blocks.</param>
    /// <param name="columns">Columns of the matrix.</param>
    /// <returns>The matrix.</returns>
    public static CsrMatrix Join(RowEntries[] blocks, int rows, int columns)
    {
        long nonZeros = blocks.Sum(b => (long)b._columns.Count);
        var pointers = new long[rows + 1];
        var indices = new int[nonZeros];
        var values = new float[nonZeros];
        int row = 0;
        int at = 0;
        for (int b = 0; b < blocks.Length; b++)
        {
            RowEntries block = blocks[b];
            block._columns.CopyTo(indices, at);
            block._values.CopyTo(values, at);
            foreach (int end in block._rowEnds)
                pointers[++row] = at + end;
            at += block._columns.Count;
            blocks[b] = null!;
        }

        return new CsrMatrix(rows, columns, pointers, indices, values);
    }
}
