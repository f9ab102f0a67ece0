using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>An open store with what lies in it.</summary>
internal sealed class StoreSession : IDisposable
{
    private StoreSession(IArtifactStore store)
    {
        Store = store;
        Records = new GrainRecords(new ContentStore(store));
        Campaigns = new CampaignStore(Records);
    }

    public IArtifactStore Store { get; }

    public GrainRecords Records { get; }

    public CampaignStore Campaigns { get; }

    /// <summary>Opens a store.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="create">Whether to make it where there is none.</param>
    public static StoreSession Open(string location, bool create) => new(ArtifactStores.Open(location, create));

    public void Dispose() => (Store as IDisposable)?.Dispose();
}
