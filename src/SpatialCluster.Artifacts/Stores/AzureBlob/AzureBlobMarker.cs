using Azure;
using Azure.Storage.Blobs.Models;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>The blob <c>store.json</c> that says that a container, or a prefix in it, is a store, and of which version.</summary>
internal static class AzureBlobMarker
{
    /// <summary>Looks whether there is a store that this program knows, and makes one where it may.</summary>
    /// <returns>Whether there is one now.</returns>
    /// <exception cref="BadInputException">The place is another's, or of a newer version.</exception>
    public static async Task<bool> RequireAsync(AzureBlobContainer container, bool create)
    {
        (bool hasContainer, byte[]? marker) = await ReadAsync(container, container.Where.Prefix).ConfigureAwait(false);
        if (marker is null && create)
        {
            if (!hasContainer)
                await container.AttemptAsync(() => container.Client.CreateIfNotExistsAsync(), CancellationToken.None).ConfigureAwait(false);
            await CreateAsync(container).ConfigureAwait(false);
            (_, marker) = await ReadAsync(container, container.Where.Prefix).ConfigureAwait(false);
        }

        if (marker is null)
            return false;
        StoreFormat.Check(marker, $"{NameRules.Marker} at {container.Where}", container.Where.Text, "another container or prefix");
        return true;
    }

    private static async Task CreateAsync(AzureBlobContainer container)
    {
        string prefix = container.Where.Prefix;
        // A store in a store would be taken for its artifacts.
        for (int end = prefix.LastIndexOf('/', int.Max(prefix.Length - 2, 0)); prefix.Length > 0; end = end > 0 ? prefix.LastIndexOf('/', end - 1) : -1)
        {
            string above = end < 0 ? string.Empty : prefix[..(end + 1)];
            if ((await ReadAsync(container, above).ConfigureAwait(false)).Marker is not null)
                throw new BadInputException($"No store is made at {container.Where}: it would lie in the store {(above.Length == 0 ? "of the whole container" : $"'{above.TrimEnd('/')}' of the container")}; choose another container, or a prefix beside that store's.");
            if (end < 0)
                break;
        }

        string? foreign = await ForeignAsync(container).ConfigureAwait(false);
        // Another may have made the store meanwhile, and begun to use it.
        if (foreign is not null && (await ReadAsync(container, prefix).ConfigureAwait(false)).Marker is null)
            throw new BadInputException($"No store is made at {container.Where}: there are other things in it, such as {foreign}; choose an empty or a new container, or a prefix of it.");
        var upload = new BlobUpload(container, NameRules.Marker, expected: null, CancellationToken.None);
        try
        {
            await upload.WriteAsync(StoreFormat.Marker()).ConfigureAwait(false);
            // Of several that make the store at a time, the first gives it its version.
            await upload.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            await upload.LetGoAsync().ConfigureAwait(false);
        }
    }

    private static Task<string?> ForeignAsync(AzureBlobContainer container) =>
        container.AttemptAsync<string?>(
            async () =>
            {
                await foreach (BlobItem blob in container.Client.GetBlobsAsync(prefix: container.Where.Prefix).ConfigureAwait(false))
                {
                    if (blob.Name != container.Where.Prefix + NameRules.Marker)
                        return blob.Name;
                }

                return null;
            },
            CancellationToken.None);

    private static Task<(bool HasContainer, byte[]? Marker)> ReadAsync(AzureBlobContainer container, string prefix) =>
        container.AttemptAsync<(bool, byte[]?)>(
            async () =>
            {
                try
                {
                    Response<BlobDownloadResult> answer = await container.Client.GetBlobClient(prefix + NameRules.Marker).DownloadContentAsync().ConfigureAwait(false);
                    return (true, answer.Value.Content.ToArray());
                }
                catch (RequestFailedException failure) when (failure.Status == 404)
                {
                    return (!AzureBlobErrors.IsNoContainer(failure), null);
                }
            },
            CancellationToken.None);
}
