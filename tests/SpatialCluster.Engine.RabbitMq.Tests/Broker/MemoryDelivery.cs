using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

internal sealed class MemoryDelivery(MemoryBrokerServer server, MemoryBroker client, string queue, MemoryBrokerServer.Entry entry, GrainMessage message, bool redelivered) : IWorkDelivery
{
    public MemoryBroker Client => client;

    public string Queue => queue;

    public MemoryBrokerServer.Entry Entry => entry;

    /// <summary>The connection's, at the time.</summary>
    public CancellationTokenSource LostSource { get; } = client.LostSource;

    public GrainMessage Message => message;

    public bool Redelivered => redelivered;

    public CancellationToken Lost => LostSource.Token;

    public Task AcknowledgeAsync()
    {
        server.Acknowledge(this);
        return Task.CompletedTask;
    }
}
