using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Simulation;

/// <summary>The non-zero entries of a few consecutive rows.</summary>
internal sealed class EntryBlock(int rows)
{
    private readonly int[] _rowEnds = new int[rows];
    private readonly List<int> _columns = [];
    private readonly List<float> _values = [];
    private int _row;

    public int Rows => _rowEnds.Length;

    public void Add(int column, float value)
    {
        if (value == 0)
            return;
        _columns.Add(column);
        _values.Add(value);
    }

    public void EndRow() => _rowEnds[_row++] = _columns.Count;

    /// <summary>One matrix from consecutive blocks; each block is let go as soon as it is copied.</summary>
    public static CsrMatrix Join(EntryBlock[] blocks, int rows, int columns)
    {
        long nonZeros = blocks.Sum(b => (long)b._columns.Count);
        var pointers = new long[rows + 1];
        var indices = new int[nonZeros];
        var values = new float[nonZeros];
        int row = 0;
        long at = 0;
        for (int b = 0; b < blocks.Length; b++)
        {
            EntryBlock block = blocks[b];
            block._columns.CopyTo(indices, (int)at);
            block._values.CopyTo(values, (int)at);
            foreach (int end in block._rowEnds)
                pointers[++row] = at + end;
            at += block._columns.Count;
            blocks[b] = null!;
        }

        return new CsrMatrix(rows, columns, pointers, indices, values);
    }
}
