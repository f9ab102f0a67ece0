using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>Content that is on the device under a temporary name.</summary>
internal sealed class StagedFile(FileSystemArtifactStore store, string path, long bytes, ContentDigest? digest) : IStagedContent
{
    /// <summary>Its temporary name.</summary>
    public string Path => path;

    public ContentDigest Digest => digest ?? throw new InvalidOperationException("This content was staged without a digest.");

    public long Bytes => bytes;

    public Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, CancellationToken cancellation) => store.PublishAsync(name, this, cancellation);

    public Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag expected, CancellationToken cancellation) =>
        store.PublishOverAsync(name, expected, this, cancellation);

    public void Dispose() => Remove(path);

    /// <summary>Removes a temporary file; where that fails, collection will.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A leftover is in nobody's way.
        }
    }
}
