using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>The broker is away or refuses; nothing is lost, and the same may succeed later.</summary>
/// <param name="message">One sentence: which broker, what it said, the way out. No credentials.</param>
/// <param name="inner">What the client said.</param>
public sealed class BrokerFailedException(string message, Exception? inner = null) : SpatialClusterException(FailureKind.Transient, message, inner);
