using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>Takes away what is marked, unless somebody came to need it since; see <see cref="GarbageCollection"/>.</summary>
internal sealed class CollectionSweep(IArtifactStore store, CollectionMarks marks, IReadOnlyList<FileInfo> temporary, CancellationToken cancellation)
{
    // Specs and results of grains that are going, to be given back where a plan turns up that has them.
    private readonly Dictionary<GrainKey, List<(ArtifactName Name, byte[] Bytes)>> _kept = [];
    private readonly HashSet<ContentDigest> _needed = [];
    private long _bytes;

    public async Task<CollectionReport> RunAsync()
    {
        foreach ((string id, List<ArtifactInfo> artifacts) in marks.Campaigns.ToList())
        {
            // Given to silos since it was marked: its plan holds what it needs, as that of any other.
            if (await store.FindAsync(StoreLayout.ActiveCampaign(id), cancellation).ConfigureAwait(false) is not null)
            {
                marks.Campaigns.Remove(id);
                continue;
            }

            // The plan first: what is left without one holds nothing, and goes with the next collection.
            foreach (ArtifactInfo info in artifacts.OrderBy(info => info.Name != StoreLayout.CampaignPlan(id)))
                await DeleteAsync(info).ConfigureAwait(false);
        }

        FaultPoint.Reach(FaultPointNames.CollectCampaigns);
        foreach ((GrainKey key, List<ArtifactInfo> artifacts) in marks.Grains)
            await DeleteResultAsync(key, artifacts).ConfigureAwait(false);
        FaultPoint.Reach(FaultPointNames.CollectResults);
        await GiveBackAsync().ConfigureAwait(false);
        long grains = 0;
        foreach ((GrainKey key, List<ArtifactInfo> artifacts) in marks.Grains.Where(grain => _kept.ContainsKey(grain.Key)).ToList())
        {
            foreach (ArtifactInfo info in artifacts.Where(info => info.Name != StoreLayout.Result(key)))
                await DeleteAsync(info).ConfigureAwait(false);
            grains++;
        }

        FaultPoint.Reach(FaultPointNames.CollectGrains);
        grains -= await GiveBackAsync().ConfigureAwait(false);
        long blobs = 0;
        foreach ((ContentDigest digest, ArtifactInfo info) in marks.Blobs)
        {
            if (!_needed.Contains(digest) && await DeleteAsync(info).ConfigureAwait(false))
                blobs++;
        }

        FaultPoint.Reach(FaultPointNames.CollectBlobs);
        return new CollectionReport(DryRun: false, [.. marks.Campaigns.Keys], grains, blobs, DeleteTemporary(), _bytes, marks.Young.Count, marks.Young.Sum(info => info.Bytes));
    }

    private async Task DeleteResultAsync(GrainKey key, List<ArtifactInfo> artifacts)
    {
        var kept = new List<(ArtifactName Name, byte[] Bytes)>();
        foreach (ArtifactName name in new[] { StoreLayout.Spec(key), StoreLayout.Result(key) })
        {
            if (await StoreContents.ReadAsync(store, name, cancellation).ConfigureAwait(false) is { } bytes)
                kept.Add((name, bytes));
        }

        ArtifactInfo? result = artifacts.Find(info => info.Name == StoreLayout.Result(key));
        // A result that is new since was not marked: somebody works on this grain.
        bool isNew = result is null && kept.Exists(artifact => artifact.Name == StoreLayout.Result(key));
        if (!isNew && (result is null || await DeleteAsync(result).ConfigureAwait(false)))
            _kept[key] = kept;
        else
            await NeedAsync(key).ConfigureAwait(false);
    }

    // Reads all plans again. Gives back what they hold of what went, and spares their blobs.
    private async Task<int> GiveBackAsync()
    {
        int back = 0;
        foreach (string id in await StoreContents.CampaignsAsync(store, cancellation).ConfigureAwait(false))
        {
            if (await CampaignPlanRoots.ReadAsync(store, id, cancellation).ConfigureAwait(false) is not { } plan)
                continue;
            _needed.UnionWith(plan.Inputs);
            foreach (GrainKey key in plan.Grains)
            {
                if (!_kept.Remove(key, out List<(ArtifactName Name, byte[] Bytes)>? kept))
                    continue;
                back++;
                foreach ((ArtifactName name, byte[] bytes) in kept)
                    await store.PutIfAbsentAsync(name, (stream, stop) => stream.WriteAsync(bytes, stop).AsTask(), cancellation).ConfigureAwait(false);
                await NeedAsync(key).ConfigureAwait(false);
            }
        }

        return back;
    }

    private async Task NeedAsync(GrainKey key) => _needed.UnionWith(await GrainHoldings.ReadAsync(store, key, cancellation).ConfigureAwait(false));

    private async Task<bool> DeleteAsync(ArtifactInfo info)
    {
        bool deleted = await store.DeleteAsync(info.Name, info.Tag, cancellation).ConfigureAwait(false);
        if (deleted)
            _bytes += info.Bytes;
        return deleted;
    }

    private long DeleteTemporary()
    {
        long deleted = 0;
        foreach (FileInfo file in temporary)
        {
            long size = file.Length;
            if (!Stores.FileSystem.StagedFile.Remove(file.FullName))
                continue;
            deleted++;
            _bytes += size;
        }

        return deleted;
    }
}
