using SpatialCluster.Engine.Orleans.Placement;
using SpatialCluster.Engine.Orleans.Work;

namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>The work on one grain. It is done on a device's thread, never in a turn of this; the runner and the store see to it that it takes effect once.</summary>
[DevicePlacement]
internal abstract class WorkGrain(Workshop workshop) : Grain, IWorkGrain
{
    private Workpiece? _piece;

    public async Task<WorkAnswer> BeginAsync(WorkOrder order)
    {
        if (_piece is not null)
            return WorkAnswer.Begun;
        if (RequestContext.Get(DevicePlacement.Silo) is SiloAddress meant && !meant.Equals(workshop.Silo))
        {
            DeactivateOnIdle();
            return WorkAnswer.Misplaced;
        }

        (WorkAnswer answer, Workpiece? piece) = await workshop.BeginAsync(order);
        if (piece is null)
        {
            DeactivateOnIdle();
            return answer;
        }

        _piece = piece;
        DelayDeactivation(TimeSpan.FromDays(1000));
        _ = FollowAsync(piece, order.Lane);
        return answer;
    }

    public Task StopAsync()
    {
        _piece?.Stop();
        return Task.CompletedTask;
    }

    public Task<WorkStanding> StandingAsync() => Task.FromResult(_piece is { } piece
        ? new WorkStanding(piece.Work.Device.Name, piece.Work.Stage, piece.Work.Progress?.Epoch, piece.Work.Progress?.Epochs)
        : new WorkStanding(null, null, null, null));

    // Goes on in turns of this grain, between which others have theirs.
    private async Task FollowAsync(Workpiece piece, string lane)
    {
        WorkEnd end = await piece.Ended;
        _piece = null;
        try
        {
            await GrainFactory.GetGrain<ILaneGrain>(lane).EndedAsync(this.GetPrimaryKeyString(), end);
        }
#pragma warning disable CA1031 // A lane that cannot be told sees from the silo's reports that the work is over.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            workshop.Log($"The end of {this.GetPrimaryKeyString()} could not be told to its lane: {failure.Message}");
        }

        DeactivateOnIdle();
    }
}

/// <inheritdoc cref="ISliceGrain"/>
internal sealed class SliceGrain(Workshop workshop) : WorkGrain(workshop), ISliceGrain;

/// <inheritdoc cref="IModalityGrain"/>
internal sealed class ModalityGrain(Workshop workshop) : WorkGrain(workshop), IModalityGrain;

/// <inheritdoc cref="ITrainingRunGrain"/>
internal sealed class TrainingRunGrain(Workshop workshop) : WorkGrain(workshop), ITrainingRunGrain;

/// <inheritdoc cref="IStepGrain"/>
internal sealed class StepGrain(Workshop workshop) : WorkGrain(workshop), IStepGrain;
