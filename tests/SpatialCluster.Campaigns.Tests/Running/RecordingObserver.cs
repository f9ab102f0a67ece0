using System.Collections.Concurrent;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>Keeps what it is told.</summary>
public sealed class RecordingObserver : IGrainObserver
{
    public ConcurrentQueue<string> StartedTitles { get; } = new();

    public ConcurrentQueue<(string Title, GrainOutcome Outcome)> Outcomes { get; } = new();

    public void Started(PlannedGrain grain, string device) => StartedTitles.Enqueue(grain.Title);

    public void Stage(PlannedGrain grain, string stage)
    {
    }

    public void Epoch(PlannedGrain grain, TrainingProgress progress)
    {
    }

    public void Returned(PlannedGrain grain, string? cause)
    {
    }

    public void Ended(PlannedGrain grain, GrainOutcome outcome) => Outcomes.Enqueue((grain.Title, outcome));
}
