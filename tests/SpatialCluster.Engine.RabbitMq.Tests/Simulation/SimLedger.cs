namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>Every run of every grain's work, in the order in which they began.</summary>
internal sealed class SimLedger(SimLoop loop)
{
    public List<SimAttempt> Attempts { get; } = [];

    public IEnumerable<SimAttempt> Of(string title) => Attempts.Where(a => a.Title == title);

    public SimAttempt Begin(SimProcess process, string title)
    {
        var attempt = new SimAttempt(loop, process, title);
        Attempts.Add(attempt);
        return attempt;
    }
}
