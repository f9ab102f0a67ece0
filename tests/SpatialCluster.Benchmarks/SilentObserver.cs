using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Benchmarks;

/// <summary>Watches only for failures: figures of a campaign that failed would mean nothing.</summary>
internal sealed class SilentObserver : IGrainObserver
{
    private string? _error;

    public void Started(PlannedGrain grain, string device)
    {
    }

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
        if (outcome.Error is not null)
            Interlocked.CompareExchange(ref _error, $"{grain.Title}: {outcome.Error}", null);
    }

    /// <summary>Throws where a grain failed.</summary>
    public void Require()
    {
        if (_error is not null)
            throw new InvalidOperationException(_error);
    }
}
