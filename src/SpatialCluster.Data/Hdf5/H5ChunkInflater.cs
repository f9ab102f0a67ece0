using System.IO.Compression;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Data.Hdf5;

/// <summary>
/// Reads gzipped lists chunk by chunk as they are stored and inflates them here: several times as fast as the library's
/// own pipeline, and a damaged stream ends in an exception.
/// </summary>
internal sealed unsafe class H5ChunkInflater
{
    private const int Deflate = 1;
    private const int Shuffle = 2;

    private readonly H5Dataset _dataset;
    private readonly int _elementSize;
    private readonly int _chunkBytes;
    private readonly bool _shuffled;
    private byte[] _stored = [];
    private byte[]? _inflated;
    private byte[]? _plain;

    private H5ChunkInflater(H5Dataset dataset, bool shuffled)
    {
        _dataset = dataset;
        _elementSize = dataset.Element.Size;
        _chunkBytes = (int)dataset.Chunk![0] * _elementSize;
        _shuffled = shuffled;
    }

    /// <summary>A reader for a dataset of that kind, else null.</summary>
    public static H5ChunkInflater? For(H5Dataset dataset)
    {
        bool known = dataset.Filters is [Deflate] or [Shuffle, Deflate];
        return known && H5Library.Types.ReadsChunks && dataset.Element.StoredAsInMemory && dataset.Chunk is [long length]
            && length * dataset.Element.Size <= int.MaxValue / 2
            ? new H5ChunkInflater(dataset, dataset.Filters.Count == 2)
            : null;
    }

    /// <summary>Reads whole chunks, the last one perhaps cut.</summary>
    /// <param name="start">The first element: the beginning of a chunk.</param>
    /// <param name="target">Where the elements go.</param>
    /// <returns>False where a chunk is stored in an unusual way; then the library has to read the block.</returns>
    public bool TryRead(long start, Span<byte> target)
    {
        for (int done = 0; done < target.Length; done += _chunkBytes)
        {
            Span<byte> part = target.Slice(done, int.Min(_chunkBytes, target.Length - done));
            int stored = ReadStored((ulong)(start + (done / _elementSize)));
            if (stored < 0)
                return false;
            if (_shuffled)
            {
                _inflated ??= GC.AllocateUninitializedArray<byte>(_chunkBytes);
                Inflate(stored, _inflated);
                Unshuffle(_inflated, part);
            }
            else
            {
                Inflate(stored, part);
            }
        }

        return true;
    }

    private int ReadStored(ulong offset)
    {
        lock (H5Library.Gate)
        {
            if (H5Native.H5Dget_chunk_storage_size(_dataset.Handle, &offset, out ulong size) < 0 || size == 0)
            {
                _ = H5Native.H5Eclear2(0);
                return -1;
            }

            if (size > (ulong)_dataset.File.Length)
                throw Damaged("a chunk is larger than the file");
            if ((ulong)_stored.Length < size)
                _stored = GC.AllocateUninitializedArray<byte>((int)ulong.Min(size * 5 / 4, (ulong)Array.MaxLength));
            uint mask = 0;
            fixed (byte* bytes = _stored)
                H5Error.Check(H5Native.H5Dread_chunk(_dataset.Handle, H5PropertyHandle.Default, &offset, &mask, bytes), _dataset.Place, "reading a chunk");
            return mask == 0 ? (int)size : -1;
        }
    }

    private void Inflate(int stored, Span<byte> target)
    {
        try
        {
            using var source = new MemoryStream(_stored, 0, stored, writable: false);
            using var inflater = new ZLibStream(source, CompressionMode.Decompress);
            inflater.ReadExactly(target);
        }
        catch (Exception failure) when (failure is InvalidDataException or EndOfStreamException)
        {
            throw Damaged("a compressed chunk does not inflate", failure);
        }
    }

    // Shuffling stores first bytes first, then second bytes, …, of all elements of the (whole) chunk.
    private void Unshuffle(ReadOnlySpan<byte> shuffled, Span<byte> target)
    {
        int elements = _chunkBytes / _elementSize;
        if (target.Length < _chunkBytes)
        {
            _plain ??= GC.AllocateUninitializedArray<byte>(_chunkBytes);
            Unshuffle(shuffled, _plain);
            _plain.AsSpan(0, target.Length).CopyTo(target);
            return;
        }

        for (int b = 0; b < _elementSize; b++)
        {
            ReadOnlySpan<byte> plane = shuffled.Slice(b * elements, elements);
            for (int i = 0, at = b; i < plane.Length; i++, at += _elementSize)
                target[at] = plane[i];
        }
    }

    private BadInputException Damaged(string what, Exception? cause = null) =>
        new($"{_dataset}: {what}; the file is damaged: fetch or write it anew.", cause);
}
