using System.IO.Compression;
using SpatialCluster.Data.Hdf5;
using SpatialCluster.Data.Hdf5.Interop;

namespace SpatialCluster.Benchmarks;

/// <summary>The compressed chunks of a file's matrix, held in memory: what inflating them alone costs.</summary>
internal sealed unsafe class StoredChunks
{
    private readonly List<(byte[] Stored, int Bytes)> _chunks = [];
    private readonly byte[] _inflated;

    private StoredChunks(string path)
    {
        using H5File file = H5File.Open(path);
        using H5Group matrix = file.Root.FindGroup("X")!;
        int largest = 0;
        foreach (string list in (ReadOnlySpan<string>)["data", "indices", "indptr"])
        {
            using H5Dataset dataset = matrix.Dataset(list);
            long chunk = dataset.Chunk![0];
            for (long start = 0; start < dataset.Count; start += chunk)
            {
                int bytes = (int)long.Min(chunk, dataset.Count - start) * dataset.Element.Size;
                largest = int.Max(largest, bytes);
                _chunks.Add((Read(dataset, (ulong)start), bytes));
            }
        }

        _inflated = new byte[largest];
    }

    public static StoredChunks Of(string path) => new(path);

    /// <summary>Inflates every chunk with .NET's zlib, on one thread, into the same buffer.</summary>
    public void Inflate()
    {
        foreach ((byte[] stored, int bytes) in _chunks)
        {
            using var source = new MemoryStream(stored, writable: false);
            using var inflater = new ZLibStream(source, CompressionMode.Decompress);
            inflater.ReadExactly(_inflated.AsSpan(0, bytes));
        }
    }

    private static byte[] Read(H5Dataset dataset, ulong start)
    {
        lock (H5Library.Gate)
        {
            H5Error.Check(H5Native.H5Dget_chunk_storage_size(dataset.Handle, &start, out ulong size), dataset.Place, "reading a chunk");
            var stored = new byte[size];
            uint mask = 0;
            fixed (byte* bytes = stored)
                H5Error.Check(H5Native.H5Dread_chunk(dataset.Handle, H5PropertyHandle.Default, &start, &mask, bytes), dataset.Place, "reading a chunk");
            return stored;
        }
    }
}
