using SpatialCluster.Campaigns.Planning;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>What takes ready grains from the cluster for one silo, and runs them on its devices.</summary>
public interface ISiloEngine : IAsyncDisposable
{
    /// <summary>Such as <c>rabbitmq</c>.</summary>
    string Name { get; }

    /// <summary>Whether it could take a grain now: what it needs is reachable, and it does not drain.</summary>
    bool IsReady { get; }

    /// <summary>Why it is not ready, in a sentence; null where it is.</summary>
    string? Trouble { get; }

    /// <summary>What the silo does now.</summary>
    SiloBeacon Beacon { get; }

    /// <summary>Grains that wait for a device, by lane, as far as it was seen last.</summary>
    IReadOnlyDictionary<Lane, long> Waiting { get; }

    /// <summary>Takes grains and runs them until it is stopped; then gives back what it has, within the grace that it was made with.</summary>
    /// <param name="stop">Stops it.</param>
    /// <returns>When it has given everything back.</returns>
    Task RunAsync(CancellationToken stop);

    /// <summary>Gives the grains back and takes no more, but goes on answering.</summary>
    void Drain();

    /// <summary>Listens to what happens anywhere in the cluster.</summary>
    /// <param name="heard">Called for each event, one after another; it must not block.</param>
    /// <returns>Ends it when disposed.</returns>
    IDisposable Listen(Action<ClusterEvent> heard);

    /// <summary>Has every silo of the cluster look whether a campaign was cancelled in the store.</summary>
    /// <param name="campaign">The campaign.</param>
    void TellCancelled(string campaign);
}
