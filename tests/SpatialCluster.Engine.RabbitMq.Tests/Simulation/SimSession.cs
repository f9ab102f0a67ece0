namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>One connection of a process to the broker, from its making to its loss; each end notices that in its own time.</summary>
internal sealed class SimSession
{
    /// <summary>Cancelled when the process notices.</summary>
    public CancellationTokenSource Lost { get; } = new();

    /// <summary>Whether the broker has noticed.</summary>
    public bool IsOver { get; set; }

    public List<SimMessage> Taken { get; } = [];
}
