using System.Security.Cryptography;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;

namespace SpatialCluster.Artifacts.Content;

/// <summary>Bytes by their digest: put once, whoever makes them, and compared with the digest whenever they are read.</summary>
/// <param name="store">Where they are.</param>
/// <param name="time">Tells the age of what is there; the system's where null.</param>
public sealed class ContentStore(IArtifactStore store, TimeProvider? time = null)
{
    // What is put again is about to be referred to, and collection spares what is young: half the shortest grace of a collection
    // beside running processes.
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(30);

    private const int Block = 1 << 20;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Where the bytes are.</summary>
    public IArtifactStore Store => store;

    /// <summary>Puts what a callback writes.</summary>
    /// <param name="write">Writes the content, forwards only; called once.</param>
    /// <param name="cancellation">Stops; nothing is left.</param>
    /// <returns>Digest and size.</returns>
    /// <exception cref="SpatialClusterException">The store has no room, fails, or may not be written to.</exception>
    public async Task<ContentReference> PutAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        using IStagedContent staged = await StageAsync(write, cancellation).ConfigureAwait(false);
        FaultPoint.Reach(FaultPointNames.ContentStaged);
        ArtifactName name = StoreLayout.Blob(staged.Digest);
        while (await staged.PutIfAbsentAsync(name, cancellation).ConfigureAwait(false) is null)
        {
            // It is there. A size that is not its own is damage, which this mends; an old one is renewed, lest a collection that
            // has just found that nothing refers to it takes it away.
            ArtifactInfo? there = await store.FindAsync(name, cancellation).ConfigureAwait(false);
            if (IsGood(there, staged.Bytes) || (there is not null && await staged.ReplaceAsync(name, there.Tag, cancellation).ConfigureAwait(false) is not null))
                break;
        }

        FaultPoint.Reach(FaultPointNames.ContentPublished);
        return new ContentReference(staged.Digest, staged.Bytes);
    }

    /// <summary>Puts bytes.</summary>
    /// <param name="bytes">The content.</param>
    /// <param name="cancellation">Stops; nothing is left.</param>
    /// <returns>Digest and size.</returns>
    /// <exception cref="SpatialClusterException">As <see cref="PutAsync"/>.</exception>
    public async Task<ContentReference> PutBytesAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation = default)
    {
        var digest = new ContentDigest(Convert.ToHexStringLower(SHA256.HashData(bytes.Span)));
        return await IsThereAsync(digest, bytes.Length, cancellation).ConfigureAwait(false)
            ? new ContentReference(digest, bytes.Length)
            : await PutAsync((stream, stop) => stream.WriteAsync(bytes, stop).AsTask(), cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts a file; it may be larger than memory. Where its content is there, it is read and nothing is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops; nothing is left.</param>
    /// <returns>Digest and size.</returns>
    /// <exception cref="BadInputException">There is no such file, or it may not be read.</exception>
    /// <exception cref="SpatialClusterException">As <see cref="PutAsync"/>.</exception>
    public async Task<ContentReference> PutFileAsync(string path, CancellationToken cancellation = default)
    {
        FileStream file = OpenInput(path);
        await using (file.ConfigureAwait(false))
        {
            var digest = new ContentDigest(Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation).ConfigureAwait(false)));
            if (await IsThereAsync(digest, file.Length, cancellation).ConfigureAwait(false))
                return new ContentReference(digest, file.Length);
            return await PutAsync(
                (stream, stop) =>
                {
                    file.Position = 0;
                    return file.CopyToAsync(stream, Block, stop);
                },
                cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Opens content. Reading it to its end compares it with its digest.</summary>
    /// <param name="digest">The content.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>To be read once, forwards, and disposed. The read that meets damage throws <see cref="SpatialClusterException"/>.</returns>
    /// <exception cref="SpatialClusterException">Permanent: it is not there.</exception>
    public async Task<Stream> OpenAsync(ContentDigest digest, CancellationToken cancellation = default)
    {
        OpenArtifact open = await store.OpenAsync(StoreLayout.Blob(digest), null, cancellation).ConfigureAwait(false)
            ?? throw new SpatialClusterException(FailureKind.Permanent, $"The blob {digest} is not in the store {store.Location}; `store verify` says which results need it, and those are to be made again.");
        return new VerifyingStream(open, digest, store.Location);
    }

    /// <summary>Reads content into memory, compared with its digest.</summary>
    /// <param name="digest">The content.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>All of it; less than 2 GiB.</returns>
    /// <exception cref="SpatialClusterException">Permanent: it is not there, is damaged, or is larger.</exception>
    public async Task<byte[]> ReadAsync(ContentDigest digest, CancellationToken cancellation = default)
    {
        Stream stream = await OpenAsync(digest, cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            if (stream.Length > Array.MaxLength)
                throw new SpatialClusterException(FailureKind.Permanent, $"The blob {digest} in {store.Location} has {stream.Length} bytes, too many to be read at a time; copy it to a file.");
            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            // In blocks, each of which is hashed while it is in the processor's cache.
            for (int at = 0; at < bytes.Length; at += Block)
                await stream.ReadExactlyAsync(bytes.AsMemory(at, int.Min(Block, bytes.Length - at)), cancellation).ConfigureAwait(false);
            // Nothing is read of what is empty, and that may be the damage.
            _ = await stream.ReadAsync(new byte[1], cancellation).ConfigureAwait(false);
            return bytes;
        }
    }

    /// <summary>Copies content to a file, which is there whole and compared with its digest, or not at all.</summary>
    /// <param name="digest">The content.</param>
    /// <param name="path">The file; one that is there is replaced. Its folder must exist.</param>
    /// <param name="cancellation">Stops; nothing is left.</param>
    /// <returns>When it is there.</returns>
    /// <exception cref="SpatialClusterException">The content is not there or damaged, or the file cannot be written.</exception>
    /// <remarks>Never a link into the store: who changes his copy must not change the store's.</remarks>
    public async Task CopyToFileAsync(ContentDigest digest, string path, CancellationToken cancellation = default)
    {
        Stream stream = await OpenAsync(digest, cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            AtomicFile.Write(path, file =>
            {
                byte[] block = new byte[Block];
                for (int read = stream.Read(block); read > 0; read = stream.Read(block))
                {
                    cancellation.ThrowIfCancellationRequested();
                    file.Write(block, 0, read);
                }
            });
        }
    }

    /// <summary>Whether content is there; it is not read.</summary>
    /// <param name="digest">The content.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether a blob of that name is there.</returns>
    public async Task<bool> ExistsAsync(ContentDigest digest, CancellationToken cancellation = default) =>
        await store.FindAsync(StoreLayout.Blob(digest), cancellation).ConfigureAwait(false) is not null;

    private static FileStream OpenInput(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, Block);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new BadInputException($"There is no file {path}; name one that is there.", failure);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new BadInputException($"{path} cannot be read as a file; name a file that may be read.", failure);
        }
    }

    private async Task<IStagedContent> StageAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellation) => store is IStagingStore staging
        ? await staging.StageAsync(write, cancellation).ConfigureAwait(false)
        : await SpooledContent.StageAsync(store, write, cancellation).ConfigureAwait(false);

    private async Task<bool> IsThereAsync(ContentDigest digest, long bytes, CancellationToken cancellation) =>
        IsGood(await store.FindAsync(StoreLayout.Blob(digest), cancellation).ConfigureAwait(false), bytes);

    private bool IsGood(ArtifactInfo? there, long bytes) => there is not null && there.Bytes == bytes && _time.GetUtcNow() - there.Written < s_fresh;
}
