using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A broker and a server of blobs, real ones, for all tests of the cluster; and campaigns with the digests of their undisturbed runs.</summary>
public sealed class ClusterServers : IAsyncLifetime
{
    private AzuriteServer? _blobs;
    private int _containers;

    internal RabbitServer Broker { get; } = new();

    internal AzuriteServer Blobs => _blobs ?? throw new InvalidOperationException("There is no server of blobs; ask for it by RequireBlobs.");

    internal CampaignWorkplace Campaigns { get; } = new();

    public async Task InitializeAsync()
    {
        if (RabbitServer.Missing is null)
            await Broker.InitializeAsync();
        _blobs = await AzuriteServer.TryStartNewAsync();
    }

    public async Task DisposeAsync()
    {
        if (RabbitServer.Missing is null)
            await Broker.DisposeAsync();
        if (_blobs is not null)
            await _blobs.DisposeAsync();
        Campaigns.Dispose();
    }

    /// <summary>A folder of its own for a test, with a store of files.</summary>
    internal ClusterPlace PlaceWithFiles(string document)
    {
        Skip.If(RabbitServer.Missing is not null, RabbitServer.Missing);
        return new ClusterPlace(this, Campaigns.NewFolder(), document, store: null);
    }

    /// <summary>A folder of its own for a test, with a store of blobs.</summary>
    internal ClusterPlace PlaceWithBlobs(string document)
    {
        Skip.If(RabbitServer.Missing is not null, RabbitServer.Missing);
        Skip.If(_blobs is null, AzuriteServer.SkipReason);
        return new ClusterPlace(this, Campaigns.NewFolder(), document, Blobs.Location($"test{Interlocked.Increment(ref _containers)}"));
    }
}
