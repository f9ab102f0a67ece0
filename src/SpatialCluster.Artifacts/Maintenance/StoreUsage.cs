using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>What takes the space of a store.</summary>
/// <param name="ByKind">Blobs, grains by kind, campaigns, silos, temporary files and anything else; what there is none of is left out.</param>
/// <param name="ByCampaign">Each campaign with its grains and blobs, where asked for; what several share counts for each.</param>
public sealed record StoreUsage(IReadOnlyList<UsageEntry> ByKind, IReadOnlyList<UsageEntry> ByCampaign)
{
    /// <summary>All sizes together, in bytes.</summary>
    public long Bytes => ByKind.Sum(entry => entry.Bytes);

    /// <summary>Measures a store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="byCampaign">Whether to measure each campaign too, for which plans, specs and results are read.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What it takes.</returns>
    /// <exception cref="SpatialClusterException">Permanent: a plan, spec or result is damaged or of a newer version (by campaign only).</exception>
    public static async Task<StoreUsage> MeasureAsync(IArtifactStore store, bool byCampaign = false, CancellationToken cancellation = default)
    {
        var kinds = new SortedDictionary<string, UsageEntry>(StringComparer.Ordinal);
        var blobs = new Dictionary<ContentDigest, long>();
        var grains = new Dictionary<GrainKey, UsageEntry>();
        var campaigns = new SortedDictionary<string, UsageEntry>(StringComparer.Ordinal);
        await foreach (ArtifactInfo info in store.ListAsync(string.Empty, cancellation).ConfigureAwait(false))
        {
            string kind = "other";
            if (StoreContents.BlobOf(info.Name) is { } digest)
            {
                kind = "blobs";
                blobs[digest] = info.Bytes;
            }
            else if (StoreContents.GrainOf(info.Name) is { } key)
            {
                kind = StoreLayout.Grains + key.Kind;
                Add(grains, key, kind, info.Bytes);
            }
            else if (StoreContents.CampaignOf(info.Name) is { } id)
            {
                kind = "campaigns";
                Add(campaigns, id, id, info.Bytes);
            }

            else if (info.Name.Value.StartsWith(StoreLayout.Active, StringComparison.Ordinal))
            {
                kind = "campaigns";
            }
            else if (info.Name.Value.StartsWith(StoreLayout.Silos, StringComparison.Ordinal))
            {
                kind = "silos";
            }

            Add(kinds, kind, kind, info.Bytes);
        }

        foreach (FileInfo file in (store as FileSystemArtifactStore)?.Temporaries() ?? [])
            Add(kinds, "temporary", "temporary", file.Exists ? file.Length : 0);
        if (byCampaign)
        {
            foreach (string id in campaigns.Keys.ToList())
                campaigns[id] = await WholeAsync(store, campaigns[id], grains, blobs, cancellation).ConfigureAwait(false);
        }

        return new StoreUsage([.. kinds.Values], byCampaign ? [.. campaigns.Values] : []);
    }

    private static async Task<UsageEntry> WholeAsync(
        IArtifactStore store, UsageEntry own, Dictionary<GrainKey, UsageEntry> grains, Dictionary<ContentDigest, long> blobs, CancellationToken cancellation)
    {
        if (await CampaignPlanRoots.ReadAsync(store, own.What, cancellation).ConfigureAwait(false) is not { } plan)
            return own;
        long artifacts = own.Artifacts, bytes = own.Bytes;
        var held = new HashSet<ContentDigest>(plan.Inputs);
        foreach (GrainKey key in plan.Grains.Distinct())
        {
            held.UnionWith(await GrainHoldings.ReadAsync(store, key, cancellation).ConfigureAwait(false));
            if (grains.TryGetValue(key, out UsageEntry? grain))
                (artifacts, bytes) = (artifacts + grain.Artifacts, bytes + grain.Bytes);
        }

        foreach (ContentDigest digest in held)
        {
            if (blobs.TryGetValue(digest, out long size))
                (artifacts, bytes) = (artifacts + 1, bytes + size);
        }

        return new UsageEntry(own.What, artifacts, bytes);
    }

    private static void Add<TKey>(IDictionary<TKey, UsageEntry> entries, TKey key, string what, long bytes)
    {
        UsageEntry before = entries.TryGetValue(key, out UsageEntry? entry) ? entry : new UsageEntry(what, 0, 0);
        entries[key] = new UsageEntry(what, before.Artifacts + 1, before.Bytes + bytes);
    }
}
