using SpatialCluster.Artifacts.Stores.AzureBlob;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores;

/// <summary>Opens a store by where a user says that it is.</summary>
public static class ArtifactStores
{
    /// <summary>Opens a store, with whatever credentials the environment has.</summary>
    /// <param name="location">A folder, a <c>file://</c> URL of one, or the URL of a store of blobs.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    /// <returns>The store.</returns>
    /// <exception cref="BadInputException">There is no store, or none of that kind, or it may not be used.</exception>
    /// <exception cref="SpatialClusterException">Transient: it does not answer.</exception>
    public static IArtifactStore Open(string location, bool create) => Open(location, create, StoreCredentials.FromEnvironment());

    /// <summary>Opens a store.</summary>
    /// <param name="location">A folder, a <c>file://</c> URL of one, or the URL of a store of blobs.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    /// <param name="credentials">What opens a store of blobs; folders need none.</param>
    /// <returns>The store.</returns>
    /// <exception cref="BadInputException">There is no store, or none of that kind, or it may not be used.</exception>
    /// <exception cref="SpatialClusterException">Transient: it does not answer.</exception>
    public static IArtifactStore Open(string location, bool create, StoreCredentials credentials) =>
        FolderOf(location) is { } folder ? FileSystemArtifactStore.Open(folder, create) : AzureBlobArtifactStore.Open(location, credentials, create);

    /// <summary>Opens a store, provided that there is something at its location.</summary>
    /// <param name="location">As for <see cref="Open(string, bool)"/>.</param>
    /// <param name="credentials">What opens a store of blobs.</param>
    /// <returns>The store; null where there is nothing.</returns>
    /// <exception cref="BadInputException">There is something else, or it may not be used.</exception>
    /// <exception cref="SpatialClusterException">Transient: it does not answer.</exception>
    public static IArtifactStore? OpenExisting(string location, StoreCredentials credentials) => FolderOf(location) is not { } folder
        ? AzureBlobArtifactStore.TryOpen(location, credentials, create: false)
        : Directory.Exists(folder) ? FileSystemArtifactStore.Open(folder, create: false) : null;

    /// <summary>Whether a location carries what may be seen by nobody else, such as the signature in a URL.</summary>
    /// <param name="location">As for <see cref="Open(string, bool)"/>.</param>
    /// <returns>Whether it does.</returns>
    public static bool HasSecret(string location) => AzureBlobLocation.HasSecret(location);

    // Null where it is that of a store of blobs.
    private static string? FolderOf(string location)
    {
        if (string.IsNullOrWhiteSpace(location))
            throw new BadInputException("A store needs a location: name a folder, or the URL of a store of blobs.");
        int end = location.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
            return location;
        if (AzureBlobLocation.IsOne(location))
            return null;
        if (!location[..end].Equals("file", StringComparison.OrdinalIgnoreCase))
            throw new BadInputException($"'{location.Split('?')[0]}' names no store: there are stores in folders (a path, or file:///path), in Azure (https://ACCOUNT.blob.core.windows.net/CONTAINER), and in its emulator (azurite://HOST:PORT/CONTAINER).");
        return Uri.TryCreate(location, UriKind.Absolute, out Uri? url) && url.Host.Length == 0 && url.Query.Length == 0 && url.Fragment.Length == 0
            ? url.LocalPath
            : throw new BadInputException($"'{location}' names no folder: it is file:///path, with three strokes and nothing behind the path.");
    }
}
