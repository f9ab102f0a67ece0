using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A broker: durable queues whose messages come again, in their old place, when the connection that took them is gone.</summary>
internal sealed class SimBroker(SimLoop loop, SimFaults faults)
{
    public Dictionary<string, LinkedList<SimMessage>> Queues { get; } = [];

    public List<SimConnection> Connections { get; } = [];

    public SimLoop Loop => loop;

    public SimFaults Faults => faults;

    /// <summary>Messages that were handed out, in the order in which they were.</summary>
    public List<(string Silo, GrainMessage Message)> Handed { get; } = [];

    public void Restart(TimeSpan time)
    {
        loop.Tell("broker", $"is away for {time.TotalSeconds:F1} s");
        faults.BrokerIsAway = true;
        foreach (SimConnection connection in Connections)
            connection.Cut();
        loop.After(time, null, () => faults.BrokerIsAway = false);
    }

    public void LoseEverything()
    {
        loop.Tell("broker", "loses all its data");
        Restart(loop.Between(0.5, 5));
        Queues.Clear();
    }

    public void Put(string queue, GrainMessage message)
    {
        if (!Queues.TryGetValue(queue, out LinkedList<SimMessage>? waiting))
            return;
        waiting.AddLast(new SimMessage(queue, message));
    }

    public void Return(SimMessage message)
    {
        message.Redelivered = true;
        if (Queues.TryGetValue(message.Queue, out LinkedList<SimMessage>? waiting) && waiting == message.Home)
            waiting.AddFirst(message);
    }

    public void Tell(ClusterEvent happened)
    {
        foreach (SimConnection connection in Connections)
            connection.Hear(happened);
    }
}
