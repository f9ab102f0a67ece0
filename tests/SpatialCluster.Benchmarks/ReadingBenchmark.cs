using SpatialCluster.Compute.Sparse;
using SpatialCluster.Data.AnnData;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Benchmarks;

/// <summary>
/// Reading a 9,216 × 20,000 CSR h5ad with 5 % non-zeros, from the page cache: against reading the file's bytes raw, and against
/// inflating its chunks; and the memory that reading takes.
/// </summary>
internal static class ReadingBenchmark
{
    private const int Spots = 9216, Features = 20_000, GzipLevel = 4;

    public static void Run()
    {
        using var folder = new TemporaryFolder();
        string plain = folder["plain.h5ad"], gzipped = folder["gzipped.h5ad"];
        AnnDataDocument document = SyntheticCounts.Document(SyntheticCounts.Draw(Spots, Features, 0.05, 3), "gene");
        double megabytes = document.X!.NonZeros * 8 / 1e6;
        AnnDataWriter.Write(plain, document);
        AnnDataWriter.Write(gzipped, document, GzipLevel);
        Measurement.Print($"non-zeros of {Spots:N0} × {Features:N0}, {document.X.NonZeros:N0}: values and columns", megabytes, "MB");

        byte[] block = new byte[1 << 20];
        double[] seconds = Measurement.Interleaved(9, () => Table(plain), () => ReadIntoNew(plain), () => ReadThrough(plain, block));
        Measurement.Print("h5ad, uncompressed: read", megabytes / seconds[0], "MB/s");
        Measurement.Print("  the file's bytes raw into a new array", megabytes / seconds[1], "MB/s");
        Measurement.Print("  the file's bytes raw through one 1 MiB block", megabytes / seconds[2], "MB/s");
        Measurement.Print("uncompressed: speed ÷ raw into a new array", seconds[1] / seconds[0], "×", "≥ 0.5", seconds[1] / seconds[0] >= 0.5);
        Measurement.Print("uncompressed: speed ÷ raw through one block", seconds[2] / seconds[0], "×");

        StoredChunks chunks = StoredChunks.Of(gzipped);
        seconds = Measurement.Interleaved(5, () => Table(gzipped), chunks.Inflate);
        Measurement.Print($"h5ad, gzip level {GzipLevel}: read", megabytes / seconds[0], "MB/s");
        Measurement.Print("  inflating the same chunks (ZLibStream, from memory, 1 thread)", megabytes / seconds[1], "MB/s");
        Measurement.Print("gzip: speed ÷ inflating", seconds[1] / seconds[0], "×", "≥ 0.5", seconds[1] / seconds[0] >= 0.5);

        foreach (string path in (ReadOnlySpan<string>)[plain, gzipped])
        {
            double rise = ChildProcess.Run(ChildRoles.Read, path).Of("rise") / (megabytes * 1e6);
            Measurement.Print($"{Path.GetFileNameWithoutExtension(path)}: rise of peak resident ÷ bytes of the non-zeros", rise, "×", "≤ 2", rise <= 2);
        }
    }

    /// <summary>Reads once in a fresh process.</summary>
    public static void Child(string path)
    {
        double before = ResidentMemory.Now;
        CsrMatrix values = Table(path).Values;
        ChildProcess.Tell("rise", ResidentMemory.Peak - before);
        GC.KeepAlive(values);
    }

    private static MeasurementTable Table(string path) => TableReader.Standard.Read(path, new ReadOptions());

    private static void ReadIntoNew(string path)
    {
        using FileStream file = Open(path);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)file.Length);
        file.ReadExactly(bytes);
        GC.KeepAlive(bytes);
    }

    private static void ReadThrough(string path, byte[] block)
    {
        using FileStream file = Open(path);
        while (file.Read(block) > 0)
        {
        }
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
}
