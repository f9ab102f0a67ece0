using System.Security.Cryptography;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Content;

/// <summary>Content for a store in which nothing can be staged: kept in a temporary file of this machine, which has no name.</summary>
internal sealed class SpooledContent : IStagedContent
{
    private readonly IArtifactStore _store;
    private readonly FileStream _file;

    private SpooledContent(IArtifactStore store, FileStream file, ContentDigest digest)
    {
        _store = store;
        _file = file;
        Digest = digest;
    }

    public ContentDigest Digest { get; }

    public long Bytes => _file.Length;

    public static async Task<SpooledContent> StageAsync(IArtifactStore store, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        string path = Path.Combine(Path.GetTempPath(), $"spatialcluster-{Guid.NewGuid():N}");
        FileStream file = Create(path);
        try
        {
            File.Delete(path);
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var stream = new StagingStream(file, hash, Explain);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream, cancellation).ConfigureAwait(false);
                stream.Complete();
            }

            return new SpooledContent(store, file, new ContentDigest(Convert.ToHexStringLower(hash.GetHashAndReset())));
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, CancellationToken cancellation) => _store.PutIfAbsentAsync(name, CopyAsync, cancellation);

    public Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag expected, CancellationToken cancellation) => _store.ReplaceAsync(name, expected, CopyAsync, cancellation);

    public void Dispose() => _file.Dispose();

    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Explain(failure);
        }
    }

    // This machine's trouble, and not the store's.
    private static LocalDiskException Explain(Exception failure) => new(
        LocalDiskException.IsNoRoom(failure)
            ? $"No space is left in {Path.GetTempPath()}, where this machine keeps what goes to the store; free some, or set $TMPDIR to a folder on another disk."
            : $"{Path.GetTempPath()}, where this machine keeps what goes to the store, fails: {failure.Message.TrimEnd('.')}; mend it, or set $TMPDIR to another folder.",
        failure) { OfTemporaries = true };

    private Task CopyAsync(Stream stream, CancellationToken cancellation)
    {
        _file.Position = 0;
        return _file.CopyToAsync(stream, 1 << 20, cancellation);
    }
}
