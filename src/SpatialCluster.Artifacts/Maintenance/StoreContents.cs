using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>Goes through what is in a store.</summary>
internal static class StoreContents
{
    /// <summary>A small artifact whole; null where there is none.</summary>
    public static async Task<byte[]?> ReadAsync(IArtifactStore store, ArtifactName name, CancellationToken cancellation)
    {
        OpenArtifact? open = await store.OpenAsync(name, null, cancellation).ConfigureAwait(false);
        if (open is null)
            return null;
        await using (open.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            await open.Content.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
            return bytes.ToArray();
        }
    }

    /// <summary>The ids of all campaigns of which there is anything, in ordinal order.</summary>
    public static async Task<IReadOnlyList<string>> CampaignsAsync(IArtifactStore store, CancellationToken cancellation)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (ArtifactInfo info in store.ListAsync(StoreLayout.Campaigns, cancellation).ConfigureAwait(false))
        {
            if (CampaignOf(info.Name) is { } id)
                ids.Add(id);
        }

        return [.. ids];
    }

    /// <summary>The campaigns that silos are to work on.</summary>
    public static async Task<IReadOnlySet<string>> ActiveAsync(IArtifactStore store, CancellationToken cancellation)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (ArtifactInfo info in store.ListAsync(StoreLayout.Active, cancellation).ConfigureAwait(false))
            ids.Add(info.Name.Value[StoreLayout.Active.Length..]);
        return ids;
    }

    /// <summary>The campaign that an artifact belongs to; null where it is no campaign's.</summary>
    public static string? CampaignOf(ArtifactName name)
    {
        string[] parts = name.Value.Split('/', 3);
        return parts.Length == 3 && parts[0] + "/" == StoreLayout.Campaigns ? parts[1] : null;
    }

    /// <summary>The grain that an artifact belongs to; null where it is no grain's.</summary>
    public static GrainKey? GrainOf(ArtifactName name)
    {
        string[] parts = name.Value.Split('/', 4);
        return parts.Length == 4 && parts[0] + "/" == StoreLayout.Grains && IsDigest(parts[2]) ? new GrainKey(parts[1], new ContentDigest(parts[2])) : null;
    }

    /// <summary>The content that a blob's name promises; null where it is no blob.</summary>
    public static ContentDigest? BlobOf(ArtifactName name) =>
        name.Value.StartsWith(StoreLayout.Blobs, StringComparison.Ordinal) && IsDigest(name.Value[StoreLayout.Blobs.Length..]) ? new ContentDigest(name.Value[StoreLayout.Blobs.Length..]) : null;

    /// <summary>Whether a text is a digest.</summary>
    public static bool IsDigest(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
