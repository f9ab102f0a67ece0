using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Text;

/// <summary>
/// Gathers non-zeros as they come and puts them into compressed rows. Space is taken as values arrive, never by a size that a
/// file claims. Rows that come in order cost no more than their values; any other order is sorted by counting.
/// </summary>
internal sealed class CsrAssembler(string source)
{
    private const int LargestChunk = 1 << 20;
    private readonly List<(int[] Columns, float[] Values, int Count)> _full = [];
    private readonly List<(int Row, long Start)> _runs = [];
    private int[] _columns = new int[1 << 12];
    private float[] _values = new float[1 << 12];
    private int _count;
    private long _before;

    /// <summary>How many values were added.</summary>
    public long Count => _before + _count;

    /// <summary>The values that follow belong to this row.</summary>
    public void StartRow(int row)
    {
        if (_runs.Count > 0 && (_runs[^1].Row == row || _runs[^1].Start == Count))
        {
            if (_runs[^1].Row == row)
                return;
            _runs[^1] = (row, Count);
            return;
        }

        _runs.Add((row, Count));
    }

    /// <summary>Adds a value other than zero to the row started last.</summary>
    public void Add(int column, float value)
    {
        if (_count == _columns.Length)
            NextChunk();
        _columns[_count] = column;
        _values[_count++] = value;
    }

    /// <summary>The matrix, once; the assembler is empty afterwards.</summary>
    /// <param name="rows">Number of rows, above every row started.</param>
    /// <param name="columns">Number of columns, above every column added.</param>
    /// <param name="duplicate">Makes the error for two values in one place (row, column).</param>
    public CsrMatrix Build(int rows, int columns, Func<int, int, Exception> duplicate)
    {
        long total = Count;
        if (total > Array.MaxLength)
            throw new SpatialClusterException(FailureKind.Permanent, $"{source} holds {total:N0} non-zeros; {Array.MaxLength:N0} fit one matrix: split the file.");
        _full.Add((_columns, _values, _count));
        var pointers = new long[rows + 1];
        bool inOrder = true;
        for (int r = 0; r < _runs.Count; r++)
        {
            pointers[_runs[r].Row + 1] += RunEnd(r, total) - _runs[r].Start;
            inOrder &= r == 0 || _runs[r].Row > _runs[r - 1].Row;
        }

        for (int row = 0; row < rows; row++)
            pointers[row + 1] += pointers[row];
        var indices = new int[total];
        var values = new float[total];
        if (inOrder)
            Copy(indices, values);
        else
            Place(pointers, indices, values, total);
        _full.Clear();
        SortRows(pointers, indices, values, duplicate);
        return new CsrMatrix(rows, columns, pointers, indices, values);
    }

    private long RunEnd(int run, long total) => run + 1 < _runs.Count ? _runs[run + 1].Start : total;

    private void NextChunk()
    {
        _full.Add((_columns, _values, _count));
        _before += _count;
        int size = Math.Min(LargestChunk, _columns.Length * 2);
        _columns = new int[size];
        _values = new float[size];
        _count = 0;
    }

    private void Copy(int[] indices, float[] values)
    {
        int at = 0;
        foreach ((int[] chunkColumns, float[] chunkValues, int count) in _full)
        {
            Array.Copy(chunkColumns, 0, indices, at, count);
            Array.Copy(chunkValues, 0, values, at, count);
            at += count;
        }
    }

    private void Place(long[] pointers, int[] indices, float[] values, long total)
    {
        var next = (long[])pointers.Clone();
        int run = 0;
        long element = 0;
        foreach ((int[] chunkColumns, float[] chunkValues, int count) in _full)
        {
            for (int i = 0; i < count; i++, element++)
            {
                while (element >= RunEnd(run, total))
                    run++;
                long place = next[_runs[run].Row]++;
                indices[place] = chunkColumns[i];
                values[place] = chunkValues[i];
            }
        }
    }

    private static void SortRows(long[] pointers, int[] indices, float[] values, Func<int, int, Exception> duplicate)
    {
        for (int row = 0; row + 1 < pointers.Length; row++)
        {
            int start = (int)pointers[row];
            int length = (int)(pointers[row + 1] - pointers[row]);
            Span<int> columns = indices.AsSpan(start, length);
            int fall = FirstThatDoesNotRise(columns);
            if (fall < 0)
                continue;
            columns.Sort(values.AsSpan(start, length));
            fall = FirstThatDoesNotRise(columns);
            if (fall >= 0)
                throw duplicate(row, columns[fall]);
        }
    }

    private static int FirstThatDoesNotRise(ReadOnlySpan<int> columns)
    {
        for (int i = 1; i < columns.Length; i++)
        {
            if (columns[i] <= columns[i - 1])
                return i;
        }

        return -1;
    }
}
