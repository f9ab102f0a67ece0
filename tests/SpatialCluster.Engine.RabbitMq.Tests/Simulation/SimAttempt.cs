namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>One run of a grain's work.</summary>
internal sealed class SimAttempt(SimLoop loop, SimProcess process, string title)
{
    public SimProcess Process => process;

    public string Title => title;

    public bool Ended { get; set; }

    /// <summary>The epoch at which it began; null where it died before it knew.</summary>
    public int? First { get; private set; }

    public int Last { get; private set; }

    public long Began { get; } = loop.Now;

    /// <summary>When each epoch was done.</summary>
    public List<(int Epochs, long Time)> Epochs { get; } = [];

    public void From(int first) => (First, Last) = (first, first);

    public void Reached(int epochs)
    {
        Last = epochs;
        Epochs.Add((epochs, loop.Now));
    }
}
