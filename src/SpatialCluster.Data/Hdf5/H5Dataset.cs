using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <summary>
/// An open dataset. Its chunks are never cached by the library: readers take blocks that cover whole chunks, so that each
/// is read and inflated once, and uncompressed ones go straight to where they are wanted.
/// </summary>
internal sealed unsafe partial class H5Dataset : H5Location
{
    private const int ChunkedLayout = 2;
    private const int VirtualLayout = 3;

    private H5Dataset(H5File file, string path, H5ObjectHandle handle)
        : base(file, path, handle)
    {
        using (var space = new H5SpaceHandle(H5Error.Check(H5Native.H5Dget_space(handle), Place, "reading the shape")))
            (Shape, Count) = H5Extent.Of(space, Place);
        using (var stored = new H5TypeHandle(H5Error.Check(H5Native.H5Dget_type(handle), Place, "reading the element type")))
        {
            StoredSize = (long)H5Native.H5Tget_size(stored);
            Element = H5Element.Of(stored, Place);
        }

        if (!file.Writing)
            ReadLayout();
    }

    /// <summary>One length per dimension.</summary>
    public long[] Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    public H5Element Element { get; }

    /// <summary>The shape of a chunk, or null where the data lie in one piece.</summary>
    public long[]? Chunk { get; private set; }

    /// <summary>The filters that each chunk went through, first to last.</summary>
    public IReadOnlyList<int> Filters { get; private set; } = [];

    private long StoredSize { get; }

    /// <summary>Opens a dataset. Call while holding the gate.</summary>
    internal static H5Dataset Open(H5Group parent, string name, string path)
    {
        var place = new H5Place(parent.File.Path, path, parent.File.Writing);
        using H5PropertyHandle access = H5File.CreateList(H5Library.Types.DatasetAccess, place.File, place.Writing);
        H5Error.Check(H5Native.H5Pset_chunk_cache(access, 0, 0, 1), place, "opening it");
        var handle = new H5ObjectHandle(H5Error.Check(H5Native.H5Dopen2(parent.Handle, name, access), place, "opening it"));
        try
        {
            return new H5Dataset(parent.File, path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Takes over a dataset that was just created. Call while holding the gate.</summary>
    internal static H5Dataset Created(H5File file, string path, H5ObjectHandle handle) => new(file, path, handle);

    /// <summary>Reads a box of elements.</summary>
    /// <param name="start">The first index of each dimension.</param>
    /// <param name="count">How many from there.</param>
    /// <param name="element">The element type to deliver: <see cref="Element"/> or a member of it.</param>
    /// <param name="buffer">Room for the product of <paramref name="count"/> elements.</param>
    public void Read(ReadOnlySpan<long> start, ReadOnlySpan<long> count, H5Element element, void* buffer) =>
        Read(start, count, element, buffer, H5PropertyHandle.Default);

    /// <summary>The shape in words, such as <c>9216 × 20000</c>.</summary>
    public string ShapeText() => Shape.Length == 0 ? "a scalar" : string.Join(" × ", Shape);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Element.Dispose();
        base.Dispose(disposing);
    }

    private void Read(ReadOnlySpan<long> start, ReadOnlySpan<long> count, H5Element element, void* buffer, H5PropertyHandle transfer)
    {
        lock (H5Library.Gate)
        {
            using H5SpaceHandle memory = Simple(count);
            using H5SpaceHandle file = Select(start, count);
            H5Error.Check(H5Native.H5Dread(Handle, element.Memory, memory, file, transfer, buffer), Place, "reading it");
        }
    }

    private H5SpaceHandle Simple(ReadOnlySpan<long> count)
    {
        const int Scalar = 0;
        if (count.Length == 0)
            return new H5SpaceHandle(H5Error.Check(H5Native.H5Screate(Scalar), Place, "preparing"));
        fixed (long* counts = count)
            return new H5SpaceHandle(H5Error.Check(H5Native.H5Screate_simple(count.Length, (ulong*)counts, null), Place, "preparing"));
    }

    private H5SpaceHandle Select(ReadOnlySpan<long> start, ReadOnlySpan<long> count)
    {
        const int Set = 0;
        var space = new H5SpaceHandle(H5Error.Check(H5Native.H5Dget_space(Handle), Place, "reading the shape"));
        fixed (long* starts = start, counts = count)
        {
            if (count.Length > 0)
                H5Error.Check(H5Native.H5Sselect_hyperslab(space, Set, (ulong*)starts, null, (ulong*)counts, null), Place, "selecting a block");
        }

        return space;
    }

    private void ReadLayout()
    {
        using var creation = new H5PropertyHandle(H5Error.Check(H5Native.H5Dget_create_plist(Handle), Place, "reading the layout"));
        int layout = H5Error.Check(H5Native.H5Pget_layout(creation), Place, "reading the layout");
        if (layout == VirtualLayout || H5Error.Check(H5Native.H5Pget_external_count(creation), Place, "reading the layout") > 0)
            throw new BadInputException($"{this} keeps its data in other files, which are not followed; copy the data into one file.");
        if (layout == ChunkedLayout)
        {
            ReadChunkShape(creation);
            Filters = FiltersOf(creation);
        }

        RequirePlausibleSize();
    }

    private void ReadChunkShape(H5PropertyHandle creation)
    {
        int rank = Shape.Length;
        ulong* chunk = stackalloc ulong[32];
        int chunkRank = H5Error.Check(H5Native.H5Pget_chunk(creation, 32, chunk), Place, "reading the layout");
        if (chunkRank != rank)
            throw new BadInputException($"{this} has {rank} dimensions, but its chunks have {chunkRank}; the file is damaged: fetch or write it anew.");
        Chunk = new long[rank];
        UInt128 bytes = (UInt128)StoredSize;
        for (int i = 0; i < rank; i++)
        {
            Chunk[i] = (long)ulong.Clamp(chunk[i], 1, long.MaxValue);
            bytes = UInt128.Min(bytes * chunk[i], long.MaxValue);
        }

        if (bytes > (UInt128)Plausible(File.Length))
            throw new BadInputException($"{this} claims chunks of {bytes} bytes in a file of {File.Length}; the file is damaged: fetch or write it anew.");
    }

    private int[] FiltersOf(H5PropertyHandle creation)
    {
        int count = H5Error.Check(H5Native.H5Pget_nfilters(creation), Place, "reading the filters");
        var filters = new int[count];
        for (int i = 0; i < count; i++)
        {
            uint flags = 0;
            nuint values = 0;
            uint configuration = 0;
            filters[i] = H5Error.Check(
                H5Native.H5Pget_filter2(creation, (uint)i, &flags, &values, null, 0, null, &configuration), Place, "reading the filters");
            if (H5Native.H5Zfilter_avail(filters[i]) <= 0)
            {
                throw new BadInputException(
                    $"{this} is compressed with HDF5 filter {filters[i]}, which this HDF5 library lacks; write the file anew with gzip or without compression.");
            }
        }

        return filters;
    }

    // Lying sizes stop here, before anything is allocated by them.
    private void RequirePlausibleSize()
    {
        long stored = (long)ulong.Min(H5Native.H5Dget_storage_size(Handle), (ulong)File.Length);
        UInt128 claimed = (UInt128)Count * (UInt128)StoredSize;
        long possible = Filters.Count > 0 ? Plausible(stored) : stored + Slack;
        if (claimed > (UInt128)possible)
        {
            throw new BadInputException(
                $"{this} claims {ShapeText()} elements of {StoredSize} bytes, but only {stored} bytes of it are stored; the file is damaged: fetch or write it anew.");
        }
    }

    // Parts that were never written take no room; nobody leaves more than this unwritten.
    private const long Slack = 1 << 20;

    // Deflate shrinks by 1,032 at most.
    private static long Plausible(long storedBytes) => (storedBytes > long.MaxValue / 2048 ? long.MaxValue / 2 : storedBytes * 1032) + Slack;
}
