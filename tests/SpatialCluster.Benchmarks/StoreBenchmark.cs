using System.Security.Cryptography;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;

namespace SpatialCluster.Benchmarks;

/// <summary>
/// The artifact store in the folder for temporary files: small artifacts, which cost flushes to the device, beside a file of that
/// size that is written and flushed with no more ado; and one large blob, beside the digest of its bytes.
/// </summary>
internal static class StoreBenchmark
{
    private const int Small = 200, SmallBytes = 2000, Megabytes = 256;

    public static void Run()
    {
        using var folder = new TemporaryFolder();
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(folder["store"], create: true);
        var content = new ContentStore(store);
        byte[] small = RandomNumberGenerator.GetBytes(SmallBytes), large = RandomNumberGenerator.GetBytes(Megabytes << 20);
        int round = 0;
        double[] seconds = Measurement.Interleaved(
            5,
            () =>
            {
                round++;
                for (int i = 0; i < Small; i++)
                    store.PutIfAbsentAsync(new ArtifactName($"small/{round}/{i}"), (stream, stop) => stream.WriteAsync(small, stop).AsTask()).GetAwaiter().GetResult();
            },
            () => Replace(store, small),
            () => Read(store, round),
            () => WriteFiles(folder.Path, small));
        Measurement.Print($"{SmallBytes} bytes: put", seconds[0] / Small * 1e3, "ms");
        Measurement.Print($"{SmallBytes} bytes: replace, in a known state", seconds[1] / Small * 1e3, "ms");
        Measurement.Print($"{SmallBytes} bytes: open and read", seconds[2] / Small * 1e3, "ms");
        Measurement.Print("  a file written and flushed, with no name to protect", seconds[3] / Small * 1e3, "ms");

        ContentDigest digest = default;
        seconds = Measurement.Interleaved(
            3,
            () =>
            {
                large[round++ % large.Length]++;
                digest = content.PutAsync((stream, stop) => stream.WriteAsync(large, stop).AsTask()).GetAwaiter().GetResult().Digest;
            },
            () => content.ReadAsync(digest).GetAwaiter().GetResult(),
            () => SHA256.HashData(large));
        Measurement.Print($"{Megabytes} MiB: put", Megabytes * 1.048576 / seconds[0], "MB/s");
        Measurement.Print($"{Megabytes} MiB: read and compared with its digest", Megabytes * 1.048576 / seconds[1], "MB/s");
        Measurement.Print("  SHA-256 of the same bytes in memory", Megabytes * 1.048576 / seconds[2], "MB/s");
        Measurement.Print("read: speed ÷ SHA-256", seconds[2] / seconds[1], "×");
    }

    private static void Replace(FileSystemArtifactStore store, byte[] bytes)
    {
        var name = new ArtifactName("replaced");
        ArtifactTag? tag = store.FindAsync(name).GetAwaiter().GetResult()?.Tag;
        for (int i = 0; i < Small; i++)
            tag = store.ReplaceAsync(name, tag, (stream, stop) => stream.WriteAsync(bytes, stop).AsTask()).GetAwaiter().GetResult();
    }

    private static void Read(FileSystemArtifactStore store, int round)
    {
        byte[] bytes = new byte[SmallBytes];
        for (int i = 0; i < Small; i++)
        {
            using Stream stream = store.OpenAsync(new ArtifactName($"small/{round}/{i}")).GetAwaiter().GetResult()!.Content;
            stream.ReadExactly(bytes);
        }
    }

    private static void WriteFiles(string folder, byte[] bytes)
    {
        for (int i = 0; i < Small; i++)
        {
            using var file = new FileStream(Path.Combine(folder, "plain"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }
    }
}
