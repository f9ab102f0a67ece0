using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Silo.Hosting;

/// <summary>An engine, and how campaigns get to it.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Submit">Submits a planned campaign with its document to the cluster; null where the silo takes none over HTTP.</param>
/// <param name="Connection">What the engine speaks to others over, to be closed after it; null where that is its own.</param>
public sealed record SiloEngineParts(ISiloEngine Engine, Func<PlannedCampaign, byte[], CancellationToken, Task>? Submit = null, IAsyncDisposable? Connection = null) : IAsyncDisposable
{
    /// <summary>Closes engine and connection.</summary>
    /// <returns>When they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync().ConfigureAwait(false);
        if (Connection is not null)
            await Connection.DisposeAsync().ConfigureAwait(false);
    }
}
