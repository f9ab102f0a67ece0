using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>What may go, each in the state in which it was seen.</summary>
internal sealed class CollectionMarks
{
    private readonly List<ArtifactInfo> _young = [];

    /// <summary>Artifacts of campaigns that are forgotten, by campaign.</summary>
    public SortedDictionary<string, List<ArtifactInfo>> Campaigns { get; } = new(StringComparer.Ordinal);

    /// <summary>Artifacts of grains that nobody holds, by grain.</summary>
    public Dictionary<GrainKey, List<ArtifactInfo>> Grains { get; } = [];

    /// <summary>Blobs that nobody names.</summary>
    public Dictionary<ContentDigest, ArtifactInfo> Blobs { get; } = [];

    /// <summary>What nobody needs, but is spared for its youth.</summary>
    public IReadOnlyList<ArtifactInfo> Young => _young;

    /// <summary>Goes through a store.</summary>
    public static async Task<CollectionMarks> FindAsync(IArtifactStore store, CollectionOptions options, DateTimeOffset now, CancellationToken cancellation)
    {
        var marks = new CollectionMarks();
        DateTimeOffset young = now - options.Grace;
        var campaigns = new SortedDictionary<string, List<ArtifactInfo>>(StringComparer.Ordinal);
        // What there is comes first, and only then who needs it: what is put and named meanwhile is not among it.
        await foreach (ArtifactInfo info in store.ListAsync(string.Empty, cancellation).ConfigureAwait(false))
        {
            if (StoreContents.BlobOf(info.Name) is { } digest)
                marks.Blobs[digest] = info;
            else if (StoreContents.GrainOf(info.Name) is { } key)
                Add(marks.Grains, key, info);
            else if (StoreContents.CampaignOf(info.Name) is { } id)
                Add(campaigns, id, info);
        }

        HashSet<GrainKey> held = await marks.HoldAsync(store, options, now, campaigns, cancellation).ConfigureAwait(false);
        // Held ones first, so that what they name too does not count as spared for its youth.
        foreach (GrainKey key in marks.Grains.Keys.OrderBy(key => !held.Contains(key)).ToList())
        {
            bool isYoung = marks.Grains[key].Exists(info => info.Written >= young);
            if (!held.Contains(key) && !isYoung)
                continue;
            foreach (ContentDigest digest in await GrainHoldings.ReadAsync(store, key, cancellation).ConfigureAwait(false))
                marks.Spare(digest, held.Contains(key));
            if (!held.Contains(key))
                marks._young.AddRange(marks.Grains[key]);
            marks.Grains.Remove(key);
        }

        foreach ((ContentDigest digest, ArtifactInfo info) in marks.Blobs.ToList())
        {
            if (info.Written >= young)
                marks.Spare(digest, isHeld: false);
        }

        return marks;
    }

    /// <summary>What would go.</summary>
    /// <param name="temporary">Files that dead processes left.</param>
    public CollectionReport Report(IReadOnlyList<FileInfo> temporary)
    {
        IEnumerable<ArtifactInfo> all = Campaigns.Values.Concat(Grains.Values).SelectMany(group => group).Concat(Blobs.Values);
        return new CollectionReport(
            DryRun: true, [.. Campaigns.Keys], Grains.Count, Blobs.Count, temporary.Count,
            all.Sum(info => info.Bytes) + temporary.Sum(file => file.Length), _young.Count, _young.Sum(info => info.Bytes));
    }

    // Finds the campaigns to be forgotten, and takes the inputs of all others off the blobs that may go.
    private async Task<HashSet<GrainKey>> HoldAsync(
        IArtifactStore store, CollectionOptions options, DateTimeOffset now, SortedDictionary<string, List<ArtifactInfo>> campaigns, CancellationToken cancellation)
    {
        IReadOnlySet<string> active = await StoreContents.ActiveAsync(store, cancellation).ConfigureAwait(false);
        foreach (string id in options.Forget)
        {
            if (active.Contains(id))
                throw new BadInputException($"Silos are working on the campaign '{id}' in the store {store.Location}; cancel it first (`campaign cancel {id}`), or wait for its end.");
            if (!campaigns.ContainsKey(id))
                throw new BadInputException($"There is no campaign '{id}' in the store {store.Location}; there are: {(campaigns.Count == 0 ? "none" : string.Join(", ", campaigns.Keys))}.");
        }

        var held = new HashSet<GrainKey>();
        foreach (string id in (await StoreContents.CampaignsAsync(store, cancellation).ConfigureAwait(false)).Union(campaigns.Keys).ToList())
        {
            List<ArtifactInfo> own = campaigns.GetValueOrDefault(id, []);
            if (options.Forget.Contains(id))
            {
                Campaigns[id] = own;
                continue;
            }

            CampaignPlanRoots? plan = await CampaignPlanRoots.ReadAsync(store, id, cancellation).ConfigureAwait(false);
            // What waits for silos may be left alone for long, and is not forgotten.
            if (own.Count > 0 && !active.Contains(id) && IsForgotten(plan, own, options, now))
            {
                Campaigns[id] = own;
                continue;
            }

            if (plan is null)
                continue;
            held.UnionWith(plan.Grains);
            foreach (ContentDigest input in plan.Inputs)
                Spare(input, isHeld: true);
        }

        return held;
    }

    // One without a plan is being submitted, or its deletion was cut short.
    private bool IsForgotten(CampaignPlanRoots? plan, List<ArtifactInfo> own, CollectionOptions options, DateTimeOffset now)
    {
        DateTimeOffset last = own.Max(info => info.Written);
        if (plan is null)
            return last < now - options.Grace;
        if (options.OlderThan is not { } age)
            return false;
        IEnumerable<DateTimeOffset> grains = plan.Grains.SelectMany(key => Grains.GetValueOrDefault(key, [])).Select(info => info.Written);
        return grains.Append(last).Max() < now - age;
    }

    private void Spare(ContentDigest digest, bool isHeld)
    {
        if (Blobs.Remove(digest, out ArtifactInfo? info) && !isHeld)
            _young.Add(info);
    }

    private static void Add<TKey>(IDictionary<TKey, List<ArtifactInfo>> groups, TKey key, ArtifactInfo info)
    {
        if (!groups.TryGetValue(key, out List<ArtifactInfo>? group))
            groups[key] = group = [];
        group.Add(info);
    }
}
