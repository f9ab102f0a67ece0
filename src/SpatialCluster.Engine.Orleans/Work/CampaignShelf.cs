using System.Collections.Concurrent;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Submission;

namespace SpatialCluster.Engine.Orleans.Work;

/// <summary>The plans of the campaigns that this silo works for, and who is told what goes on with them here.</summary>
internal sealed class CampaignShelf(CampaignStore campaigns, Func<CampaignPlan, IGrainObserver> observe) : IDisposable
{
    private readonly ConcurrentDictionary<string, Entry> _all = new(StringComparer.Ordinal);

    /// <summary>A campaign.</summary>
    /// <exception cref="Compute.Errors.SpatialClusterException">Its plan cannot be read.</exception>
    public async Task<Entry> FindAsync(string id, CancellationToken cancellation)
    {
        if (_all.TryGetValue(id, out Entry? known))
            return known;
        CampaignPlan plan = await campaigns.PlanAsync(id, cancellation).ConfigureAwait(false);
        var entry = new Entry(plan, plan.Grains.ToDictionary(grain => grain.Key), observe(plan));
        Entry kept = _all.GetOrAdd(id, entry);
        if (kept != entry)
            (entry.Observer as IDisposable)?.Dispose();
        return kept;
    }

    /// <summary>Keeps the campaigns that are still worked on; observers of the others hear of their end.</summary>
    public void Keep(IReadOnlySet<string> ids)
    {
        foreach (string gone in _all.Keys.Where(id => !ids.Contains(id)).ToArray())
        {
            if (_all.TryRemove(gone, out Entry? entry))
                (entry.Observer as IDisposable)?.Dispose();
        }
    }

    public void Dispose() => Keep(new HashSet<string>());

    /// <summary>A campaign as this silo knows it.</summary>
    internal sealed record Entry(CampaignPlan Plan, IReadOnlyDictionary<GrainKey, PlannedGrain> Grains, IGrainObserver Observer);
}
