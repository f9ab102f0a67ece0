using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>A message that was taken. Until it is acknowledged the broker keeps it, and gives it to another when the taker is gone.</summary>
public interface IWorkDelivery
{
    /// <summary>The message.</summary>
    GrainMessage Message { get; }

    /// <summary>Whether it was taken before, and whoever took it is gone.</summary>
    bool Redelivered { get; }

    /// <summary>Cancelled when the connection that brought it is lost: the message is another's then.</summary>
    CancellationToken Lost { get; }

    /// <summary>Has the broker forget the message. After the connection was lost this does nothing: the message comes again.</summary>
    /// <returns>When it is sent.</returns>
    Task AcknowledgeAsync();
}
