using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>Keeps what it is told, in its order.</summary>
internal sealed class SimObserver(SimLoop loop, string who) : IGrainObserver
{
    public List<string> Titles { get; } = [];

    public List<(string Title, GrainOutcome Outcome)> Outcomes { get; } = [];

    public void Started(PlannedGrain grain, string device) => Titles.Add(grain.Title);

    public void Stage(PlannedGrain grain, string stage)
    {
    }

    public void Epoch(PlannedGrain grain, TrainingProgress progress)
    {
    }

    public void Returned(PlannedGrain grain, string? cause)
    {
    }

    public void Ended(PlannedGrain grain, GrainOutcome outcome)
    {
        Outcomes.Add((grain.Title, outcome));
        loop.Tell(who, $"is told that {grain.Title} ended: {outcome.State} {outcome.Error}");
    }
}
