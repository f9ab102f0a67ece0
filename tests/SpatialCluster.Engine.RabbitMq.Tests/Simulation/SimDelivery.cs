using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A message that a simulated process has in its hands.</summary>
internal sealed class SimDelivery(SimConnection connection, SimSession session, SimMessage message) : IWorkDelivery
{
    public GrainMessage Message => message.Body;

    public bool Redelivered { get; } = message.Redelivered;

    public CancellationToken Lost => session.Lost.Token;

    public Task AcknowledgeAsync()
    {
        connection.Acknowledge(session, message);
        return Task.CompletedTask;
    }
}
