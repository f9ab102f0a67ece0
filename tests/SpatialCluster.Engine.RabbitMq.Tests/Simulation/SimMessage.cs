using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A message in a simulated queue, or with one who took it.</summary>
internal sealed class SimMessage(string queue, GrainMessage body)
{
    public string Queue => queue;

    public GrainMessage Body => body;

    public bool Redelivered { get; set; }

    /// <summary>The queue that it was taken from: one of the same name may be another.</summary>
    public LinkedList<SimMessage>? Home { get; set; }
}
