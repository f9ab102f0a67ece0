using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>
/// What the engine wants of a broker: durable queues of small messages that are delivered again until they are acknowledged, and
/// events for whoever listens. Every call may be made from any thread, at any time, connected or not.
/// </summary>
public interface IWorkBroker : IAsyncDisposable
{
    /// <summary>Where it is, without credentials.</summary>
    string Location { get; }

    /// <summary>Whether there is a connection now. One that was lost is made again on its own.</summary>
    bool IsConnected { get; }

    /// <summary>Makes a queue unless it is there.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is there, and will be after a restart of the broker.</returns>
    /// <exception cref="BrokerFailedException">The broker is away, or refuses.</exception>
    Task DeclareAsync(string queue, CancellationToken cancellation);

    /// <summary>Removes a queue and all messages in it; one that is not there is no error.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is gone.</returns>
    /// <exception cref="BrokerFailedException">The broker is away, or refuses.</exception>
    Task DeleteAsync(string queue, CancellationToken cancellation);

    /// <summary>Puts a message at the end of a queue.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When the broker has confirmed that it is safe.</returns>
    /// <exception cref="BrokerFailedException">Not confirmed, or there is no such queue: the message may be there or not.</exception>
    Task PublishAsync(string queue, GrainMessage message, CancellationToken cancellation);

    /// <summary>Takes the first message of a queue.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The message, to be acknowledged; null where there is none, or no such queue. What is no message of ours is set aside as dead, and null.</returns>
    /// <exception cref="BrokerFailedException">The broker is away, or refuses.</exception>
    Task<IWorkDelivery?> TryTakeAsync(string queue, CancellationToken cancellation);

    /// <summary>How many messages wait in a queue; those that are delivered and not acknowledged are not among them.</summary>
    /// <param name="queue">Its name.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The number; null where there is no such queue.</returns>
    /// <exception cref="BrokerFailedException">The broker is away, or refuses.</exception>
    Task<long?> WaitingAsync(string queue, CancellationToken cancellation);

    /// <summary>Tells all who listen, now; nobody gets it later. Where the broker is away, nobody gets it at all.</summary>
    /// <param name="happened">What happened.</param>
    void Tell(ClusterEvent happened);

    /// <summary>Listens to what anybody tells, this process included.</summary>
    /// <param name="heard">Called for each event, one after another; it must not block.</param>
    /// <returns>Ends it when disposed.</returns>
    IDisposable Listen(Action<ClusterEvent> heard);
}
