using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>Deletes a campaign, and what no other campaign holds.</summary>
public static class CampaignDeletion
{
    /// <summary>Deletes a campaign.</summary>
    /// <param name="store">The store.</param>
    /// <param name="campaign">Its id.</param>
    /// <param name="dryRun">Whether only to say what would go.</param>
    /// <param name="grace">What is younger stays until a later collection; an hour where null. Zero only where nothing else uses the store.</param>
    /// <param name="time">Tells the age of things; the system's where null.</param>
    /// <param name="cancellation">Stops; what is left goes with the next collection.</param>
    /// <returns>What went, which may include what was left of earlier deletions.</returns>
    /// <exception cref="BadInputException">There is no such campaign.</exception>
    /// <exception cref="SpatialClusterException">As <see cref="GarbageCollection.RunAsync"/>.</exception>
    public static Task<CollectionReport> DeleteAsync(
        IArtifactStore store, string campaign, bool dryRun, TimeSpan? grace = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        var options = new CollectionOptions { Forget = [campaign], DryRun = dryRun };
        return GarbageCollection.RunAsync(store, grace is null ? options : options with { Grace = grace.Value }, time, cancellation);
    }
}
