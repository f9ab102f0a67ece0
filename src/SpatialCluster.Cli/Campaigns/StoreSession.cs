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
    /// <param name="credentials">What opens a store of blobs; the environment's where null.</param>
    public static StoreSession Open(string location, bool create, StoreCredentials? credentials = null) =>
        new(ArtifactStores.Open(location, create, credentials ?? StoreCredentials.FromEnvironment()));

    /// <summary>Opens a store where there is one.</summary>
    /// <param name="location">Where it is.</param>
    /// <param name="credentials">What opens a store of blobs.</param>
    /// <returns>The store; null where there is none.</returns>
    public static StoreSession? OpenExisting(string location, StoreCredentials credentials) =>
        ArtifactStores.OpenExisting(location, credentials) is { } store ? new StoreSession(store) : null;

    public void Dispose() => (Store as IDisposable)?.Dispose();
}
