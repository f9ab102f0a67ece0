using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores;

/// <summary>Opens a store by where a user says that it is.</summary>
public static class ArtifactStores
{
    /// <summary>Opens a store.</summary>
    /// <param name="location">A folder, or a <c>file://</c> URL of one.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    /// <returns>The store.</returns>
    /// <exception cref="BadInputException">There is no store, or none of that kind.</exception>
    public static IArtifactStore Open(string location, bool create)
    {
        if (string.IsNullOrWhiteSpace(location))
            throw new BadInputException("A store needs a location: name a folder.");
        int end = location.IndexOf("://", StringComparison.Ordinal);
        if (end < 0)
            return FileSystemArtifactStore.Open(location, create);
        switch (location[..end].ToLowerInvariant())
        {
            case "file":
                if (!Uri.TryCreate(location, UriKind.Absolute, out Uri? url) || url.Host.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
                    throw new BadInputException($"'{location}' names no folder: it is file:///path, with three strokes and nothing behind the path.");
                return FileSystemArtifactStore.Open(url.LocalPath, create);
            case "http" or "https" or "azurite":
                throw new BadInputException($"'{location}' names a store of blobs, and such are not built in yet; name a folder.");
            default:
                throw new BadInputException($"'{location}' names no store: there are stores in folders (a path, or file:///path).");
        }
    }
}
