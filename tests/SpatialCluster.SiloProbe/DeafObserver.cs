using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.SiloProbe;

/// <summary>Does nothing with what it is told.</summary>
internal sealed class DeafObserver : IGrainObserver
{
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
    }
}
