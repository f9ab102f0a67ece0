using System.Numerics;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Hdf5;

/// <summary>Reads boxes of a two-dimensional dataset as numbers of one type.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed unsafe class H5Matrix<T>
    where T : unmanaged, INumberBase<T>
{
    private const long BlockBytes = 8 << 20;

    private readonly H5Dataset _dataset;
    private readonly bool _direct;
    private byte[] _raw = [];

    public H5Matrix(H5Dataset dataset)
    {
        H5Element element = dataset.Element;
        if (dataset.Shape.Length != 2 || element.Kind is not (ElementKind.Number or ElementKind.Boolean) || element.Format == NumberFormat.None)
        {
            throw new BadInputException(
                $"{dataset} should be a table of numbers, but is {dataset.ShapeText()} of {element.Description}; write the file anew.");
        }

        if (dataset.Shape[0] > Array.MaxLength || dataset.Shape[1] > Array.MaxLength)
            throw new BadInputException($"{dataset} is {dataset.ShapeText()}, more than {Array.MaxLength} rows or columns; split the file.");
        _dataset = dataset;
        _direct = element.Format == ElementConversion.FormatOf<T>();
        Rows = (int)dataset.Shape[0];
        Columns = (int)dataset.Shape[1];
        (BlockRows, BlockColumns) = Block(dataset);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>How many rows to ask for at once: whole chunks.</summary>
    public int BlockRows { get; }

    /// <summary>How many columns to ask for at once: all of them unless that many would be large, then whole chunks.</summary>
    public int BlockColumns { get; }

    /// <summary>Reads a box.</summary>
    /// <param name="row">Its first row.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="target">Row-major, rows × columns.</param>
    public void Read(int row, int rows, int column, int columns, Span<T> target)
    {
        int count = checked(rows * columns);
        if (count == 0)
            return;
        if (_direct)
        {
            fixed (T* values = target)
                _dataset.Read([row, column], [rows, columns], _dataset.Element, values);
            return;
        }

        int bytes = checked(count * _dataset.Element.Size);
        if (_raw.Length < bytes)
            _raw = GC.AllocateUninitializedArray<byte>(bytes);
        fixed (byte* raw = _raw)
            _dataset.Read([row, column], [rows, columns], _dataset.Element, raw);
        ElementConversion.Convert(_dataset.Element.Format, _raw.AsSpan(0, bytes), target[..count]);
    }

    /// <summary>Calls a visitor with every block of whole rows, first to last.</summary>
    /// <param name="columns">How many of the leading columns are wanted.</param>
    /// <param name="visit">First row, number of rows, row-major values.</param>
    public void ForEachRowBlock(int columns, Action<int, int, ReadOnlyMemory<T>> visit)
    {
        var block = new T[checked((long)int.Min(BlockRows, Rows) * columns)];
        for (int row = 0; row < Rows; row += BlockRows)
        {
            int rows = int.Min(BlockRows, Rows - row);
            Read(row, rows, 0, columns, block);
            visit(row, rows, block.AsMemory(0, rows * columns));
            if (row > Rows - BlockRows)
                break;
        }
    }

    private static (int Rows, int Columns) Block(H5Dataset dataset)
    {
        long rows = long.Max(1, dataset.Shape[0]);
        long columns = long.Max(1, dataset.Shape[1]);
        long chunkRows = long.Min(rows, dataset.Chunk?[0] ?? 1);
        long chunkColumns = long.Min(columns, dataset.Chunk?[1] ?? 1);
        long elements = BlockBytes / long.Max(sizeof(T), dataset.Element.Size);
        long tileColumns = chunkRows * columns <= elements
            ? columns
            : long.Min(columns, long.Max(1, elements / chunkRows / chunkColumns) * chunkColumns);
        long bandRows = tileColumns < columns
            ? chunkRows
            : long.Max(1, elements / (chunkRows * columns)) * chunkRows;
        return ((int)long.Min(bandRows, rows), (int)tileColumns);
    }
}
