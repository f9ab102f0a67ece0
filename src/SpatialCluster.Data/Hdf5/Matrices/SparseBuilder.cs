using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Hdf5.Matrices;

/// <summary>Collects the non-zeros of dense rows; holds hardly more than them, also while the result is put together.</summary>
internal sealed unsafe class SparseBuilder : IDisposable
{
    private const int SegmentLength = 1 << 18;

    private readonly List<SparseSegment> _segments = [];
    private readonly long[] _pointers;
    private readonly int _columns;
    private readonly string _place;
    private long _count;
    private int _row;

    public SparseBuilder(int rows, int columns, string place)
    {
        _pointers = new long[rows + 1L];
        _columns = columns;
        _place = place;
    }

    /// <summary>Adds the non-zeros of a stretch of the current row.</summary>
    /// <param name="values">Dense values, zeros among them.</param>
    /// <param name="firstColumn">The column of the first of them.</param>
    public void Append(ReadOnlySpan<float> values, int firstColumn)
    {
        const int Stretch = SegmentLength / 4;
        for (int start = 0; start < values.Length; start += Stretch)
        {
            ReadOnlySpan<float> stretch = values.Slice(start, int.Min(Stretch, values.Length - start));
            SparseSegment segment = Room(stretch.Length);
            int* columns = segment.Columns;
            float* stored = segment.Values;
            int count = segment.Count;

            // Every value is written; only a non-zero moves on. No branch to mispredict.
            for (int i = 0; i < stretch.Length; i++)
            {
                columns[count] = firstColumn + start + i;
                stored[count] = stretch[i];
                count += stretch[i] != 0f ? 1 : 0;
            }

            _count += count - segment.Count;
            segment.Count = count;
        }

        if (_count > Array.MaxLength)
            throw new BadInputException($"{_place} has more than {Array.MaxLength} values that are not zero; split the file into slices.");
    }

    /// <summary>Adds sparse values to the current row.</summary>
    public void Append(ReadOnlySpan<int> columns, ReadOnlySpan<float> values, int firstColumn)
    {
        SparseSegment segment = Room(columns.Length);
        for (int i = 0; i < columns.Length; i++)
        {
            segment.Columns[segment.Count] = firstColumn + columns[i];
            segment.Values[segment.Count++] = values[i];
        }

        _count += columns.Length;
        if (_count > Array.MaxLength)
            throw new BadInputException($"{_place} has more than {Array.MaxLength} values that are not zero; split the file into slices.");
    }

    /// <summary>Ends the current row.</summary>
    public void EndRow() => _pointers[++_row] = _count;

    /// <summary>Hands the matrix over; the builder is empty afterwards.</summary>
    public CsrMatrix Build()
    {
        int[] columns = GC.AllocateUninitializedArray<int>((int)_count);
        int at = 0;
        foreach (SparseSegment segment in _segments)
        {
            new ReadOnlySpan<int>(segment.Columns, segment.Count).CopyTo(columns.AsSpan(at));
            at += segment.Count;
            segment.FreeColumns();
        }

        float[] values = GC.AllocateUninitializedArray<float>((int)_count);
        at = 0;
        foreach (SparseSegment segment in _segments)
        {
            new ReadOnlySpan<float>(segment.Values, segment.Count).CopyTo(values.AsSpan(at));
            at += segment.Count;
            segment.Dispose();
        }

        _segments.Clear();
        return new CsrMatrix(_pointers.Length - 1, _columns, _pointers, columns, values);
    }

    public void Dispose()
    {
        foreach (SparseSegment segment in _segments)
            segment.Dispose();
        _segments.Clear();
    }

    private SparseSegment Room(int values)
    {
        if (_segments.Count > 0 && _segments[^1].Capacity - _segments[^1].Count >= values)
            return _segments[^1];
        var segment = new SparseSegment(int.Max(SegmentLength, values));
        _segments.Add(segment);
        return segment;
    }
}
