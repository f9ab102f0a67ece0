using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs.Models;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>
/// Artifacts as block blobs of a container, in Azure or in its emulator. The service does what the contract asks for: a blob is there
/// when its last block is committed, conditions on entity tags decide who wins, and a reader's bytes are of one state.
/// </summary>
/// <remarks>Of accounts without a hierarchical namespace: one with it lists in another order.</remarks>
public sealed class AzureBlobArtifactStore : IArtifactStore, IDisposable
{
    private readonly AzureBlobContainer _container;

    private AzureBlobArtifactStore(AzureBlobContainer container) => _container = container;

    /// <inheritdoc/>
    public string Location => _container.Where.Text;

    /// <summary>Opens a store.</summary>
    /// <param name="location">Its URL; may hold a shared access signature, which is shown nowhere.</param>
    /// <param name="credentials">What opens it.</param>
    /// <param name="create">Whether to make it, and its container, where there is none.</param>
    /// <param name="options">How it is talked to; the usual where null.</param>
    /// <returns>The store; to be disposed at the end.</returns>
    /// <exception cref="BadInputException">There is none, the place is another's, the store is of a newer version, or may not be used.</exception>
    /// <exception cref="SpatialClusterException">Transient: it does not answer, or turns requests away.</exception>
    public static AzureBlobArtifactStore Open(string location, StoreCredentials credentials, bool create, AzureBlobOptions? options = null) =>
        TryOpen(location, credentials, create, options)
        ?? throw new BadInputException($"There is no artifact store at {AzureBlobLocation.Parse(location)}: it has no {NameRules.Marker}; name one, or have it created by `campaign run`.");

    /// <summary>Opens a store where there is one.</summary>
    /// <returns>The store; null where the container, or a store in it, is not there.</returns>
    internal static AzureBlobArtifactStore? TryOpen(string location, StoreCredentials credentials, bool create, AzureBlobOptions? options = null)
    {
        var container = new AzureBlobContainer(AzureBlobLocation.Parse(location), credentials, options ?? new AzureBlobOptions());
        bool isOpen = false;
        try
        {
            isOpen = AzureBlobMarker.RequireAsync(container, create).GetAwaiter().GetResult();
            return isOpen ? new AzureBlobArtifactStore(container) : null;
        }
        finally
        {
            if (!isOpen)
                container.Dispose();
        }
    }

    /// <inheritdoc/>
    public Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        ReplaceAsync(name, null, write, cancellation);

    /// <inheritdoc/>
    public async Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        Check(name);
        cancellation.ThrowIfCancellationRequested();
        var upload = new BlobUpload(_container, name.Value, expected, cancellation);
        try
        {
            await write(upload, cancellation).ConfigureAwait(false);
            return await upload.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            await upload.LetGoAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default)
    {
        Check(name);
        if (range is { } wanted && (wanted.Offset < 0 || wanted.Length < 0))
            throw new ArgumentOutOfRangeException(nameof(range), range, "A range begins at 0 or later and is not of negative size.");
        // The service knows no empty ranges, nor such behind the end.
        return range is { Length: 0 }
            ? await NothingOfAsync(name, cancellation).ConfigureAwait(false)
            : await BlobDownload.OpenAsync(_container, name.Value, range, cancellation).ConfigureAwait(false) switch
            {
                (true, { } open) => open,
                (true, null) => await NothingOfAsync(name, cancellation).ConfigureAwait(false),
                _ => null,
            };
    }

    /// <inheritdoc/>
    public async Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default)
    {
        Check(name);
        return await _container.PropertiesAsync(name.Value, cancellation).ConfigureAwait(false) is { } found
            ? new ArtifactInfo(name, found.ContentLength, found.ETag.ToArtifactTag(), found.LastModified)
            : null;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string root = _container.Where.Prefix;
        string? before = null;
        IAsyncEnumerator<BlobItem> blobs = _container.Client.GetBlobsAsync(prefix: root + prefix, cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
        await using (blobs.ConfigureAwait(false))
        {
            while (await _container.AttemptAsync(() => blobs.MoveNextAsync().AsTask(), cancellation).ConfigureAwait(false))
            {
                BlobItem blob = blobs.Current;
                if (before is not null && string.CompareOrdinal(before, blob.Name) >= 0)
                    throw new BadInputException($"The store {Location} lists its blobs in another order than that of their names, as accounts with a hierarchical namespace do; use an account without one.");
                before = blob.Name;
                string name = blob.Name[root.Length..];
                // What others put there is none of ours.
                if (blob.Properties.BlobType == BlobType.Block && ArtifactName.IsValid(name) && NameRules.IsAllowed(name))
                    yield return new ArtifactInfo(new ArtifactName(name), blob.Properties.ContentLength ?? 0, (blob.Properties.ETag ?? default).ToArtifactTag(), blob.Properties.LastModified ?? default);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default)
    {
        Check(name);
        using IDisposable scope = SendCount.Begin(out SendCount sends);
        return await _container.AttemptAsync(
            async () =>
            {
                BlobRequestConditions? conditions = expected is { } tag ? new BlobRequestConditions { IfMatch = tag.ToETag() } : null;
                try
                {
                    await _container.Blob(name.Value).DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, conditions, cancellation).ConfigureAwait(false);
                    return true;
                }
                catch (RequestFailedException failure) when ((failure.Status == 404 && !AzureBlobErrors.IsNoContainer(failure)) || failure.Status == 412)
                {
                    // Where an answer was lost, and nothing is there, the first try is what took it away.
                    return sends.IsInDoubt && await _container.PropertiesAsync(name.Value, cancellation).ConfigureAwait(false) is null;
                }
            },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Closes what connections there are.</summary>
    public void Dispose() => _container.Dispose();

    private async Task<OpenArtifact?> NothingOfAsync(ArtifactName name, CancellationToken cancellation) =>
        await FindAsync(name, cancellation).ConfigureAwait(false) is { } info ? new OpenArtifact(new MemoryStream([], writable: false), info.Tag, info.Bytes) : null;

    private static void Check(ArtifactName name)
    {
        NameRules.Check(name);
        if (name.Value.Split('/').Any(part => part[^1] == '.'))
            throw new BadInputException($"'{name}' names no artifact in a store of blobs: no part may end with a point there.");
    }
}
