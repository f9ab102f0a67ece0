using System.Numerics;
using System.Runtime.InteropServices;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Data.Hdf5;

/// <summary>
/// Reads a list of numbers as numbers of one type, block by block: straight into the target where the file holds that
/// type, through a block of the file's type where it holds another.
/// </summary>
/// <typeparam name="T">float, double, int or long.</typeparam>
internal sealed unsafe class H5Vector<T>
    where T : unmanaged, INumberBase<T>
{
    private const int BlockBytes = 1 << 20;

    private readonly H5Dataset _dataset;
    private readonly H5Element _element;
    private readonly H5ChunkInflater? _inflater;
    private readonly bool _direct;
    private byte[]? _raw;

    public H5Vector(H5Dataset dataset)
        : this(dataset, dataset.Element)
    {
    }

    /// <summary>Reads a list, or one numerical member of a compound list.</summary>
    public H5Vector(H5Dataset dataset, H5Element element)
    {
        _dataset = dataset;
        _element = element;
        if (dataset.Shape.Length != 1 || element.Kind is not (ElementKind.Number or ElementKind.Boolean) || element.Format == NumberFormat.None)
        {
            throw new BadInputException(
                $"{dataset} should be a list of numbers, but is {dataset.ShapeText()} of {element.Description}; write the file anew.");
        }

        BlockLength = dataset.AlignedBlock(BlockBytes / element.Size);
        _direct = element.Format == ElementConversion.FormatOf<T>();
        _inflater = ReferenceEquals(element, dataset.Element) ? H5ChunkInflater.For(dataset) : null;
    }

    /// <summary>How many elements to ask for at once: whole chunks.</summary>
    public int BlockLength { get; }

    /// <summary>Reads part of the list.</summary>
    /// <param name="start">A multiple of <see cref="BlockLength"/>.</param>
    /// <param name="target">At most <see cref="BlockLength"/> elements; fewer only at the end.</param>
    public void Read(long start, Span<T> target)
    {
        if (target.Length == 0)
            return;
        if (_direct)
        {
            ReadRaw(start, MemoryMarshal.AsBytes(target), target.Length);
            return;
        }

        _raw ??= GC.AllocateUninitializedArray<byte>(checked((int)long.Min(BlockLength, _dataset.Count) * _element.Size));
        Span<byte> raw = _raw.AsSpan(0, target.Length * _element.Size);
        ReadRaw(start, raw, target.Length);
        try
        {
            ElementConversion.Convert(_element.Format, raw, target);
        }
        catch (OverflowException)
        {
            throw new BadInputException(
                $"{_dataset} holds a number between elements {start} and {start + target.Length - 1} that is no valid {typeof(T).Name}; the file is damaged: fetch or write it anew.");
        }
    }

    /// <summary>Reads the whole list.</summary>
    public T[] ReadAll()
    {
        T[] all = GC.AllocateUninitializedArray<T>(_dataset.RequireArrayLength());
        ReadInto(all);
        return all;
    }

    /// <summary>Reads the beginning of the list, as much as the target has room for.</summary>
    public void ReadInto(Span<T> target)
    {
        for (int start = 0; start < target.Length; start += BlockLength)
        {
            Read(start, target.Slice(start, int.Min(BlockLength, target.Length - start)));
            if (start > target.Length - BlockLength)
                break;
        }
    }

    private void ReadRaw(long start, Span<byte> target, int count)
    {
        if (_inflater is not null && _inflater.TryRead(start, target))
            return;
        fixed (byte* bytes = target)
            _dataset.Read([start], [count], _element, bytes);
    }
}
