using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Perturbations;

/// <summary>The non-zero entries of a few consecutive rows.</summary>
/// <param name="rows">How many rows.</param>
internal sealed class RowEntries(int rows)
{
    private readonly int[] _rowEnds = new int[rows];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private int _row;

    public void Add(int column, float value)
    {
        if (value == 0)
            return;
        _columns.Add(column);
        _values.Add(value);
    }

    public void EndRow() => _rowEnds[_row++] = _columns.Count;

    /// <summary>One matrix of consecutive blocks; each block is let go as soon as it is copied.</summary>
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
