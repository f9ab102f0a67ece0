using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Running;

/// <summary>Told what goes on; from any thread, and it must not block.</summary>
public interface IGrainObserver
{
    /// <summary>A grain's work begins.</summary>
    /// <param name="grain">Which.</param>
    /// <param name="device">Where.</param>
    void Started(PlannedGrain grain, string device);

    /// <summary>A grain is at another stage of its work.</summary>
    /// <param name="grain">Which.</param>
    /// <param name="stage">In a few words.</param>
    void Stage(PlannedGrain grain, string stage);

    /// <summary>An epoch of a training is done.</summary>
    /// <param name="grain">Which.</param>
    /// <param name="progress">How far it is.</param>
    void Epoch(PlannedGrain grain, TrainingProgress progress);

    /// <summary>A grain's work stopped, and the grain has not ended: somebody goes on with it, here or elsewhere.</summary>
    /// <param name="grain">Which.</param>
    /// <param name="cause">Such as <c>returned</c>; null where nothing was lost.</param>
    void Returned(PlannedGrain grain, string? cause);

    /// <summary>A grain has ended.</summary>
    /// <param name="grain">Which.</param>
    /// <param name="outcome">How.</param>
    void Ended(PlannedGrain grain, GrainOutcome outcome);
}
