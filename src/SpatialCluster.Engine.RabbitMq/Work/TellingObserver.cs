using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>Tells the cluster how a grain goes, and passes everything on.</summary>
internal sealed class TellingObserver(RunningGrain running, IWorkBroker broker, string silo, IGrainObserver? next, TimeProvider clock) : IGrainObserver
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    public void Started(PlannedGrain grain, string device)
    {
        Tell(ClusterEventKind.GrainStarted, e => e);
        next?.Started(grain, device);
    }

    public void Stage(PlannedGrain grain, string stage)
    {
        running.Stage = stage;
        Tell(ClusterEventKind.GrainStage, e => e with { Text = stage });
        next?.Stage(grain, stage);
    }

    public void Epoch(PlannedGrain grain, TrainingProgress progress)
    {
        running.Progress = progress;
        next?.Epoch(grain, progress);
        if (progress.Epoch < progress.Epochs && running.EpochTold != 0 && clock.GetElapsedTime(running.EpochTold) < s_interval)
            return;
        running.EpochTold = clock.GetTimestamp();
        Tell(ClusterEventKind.GrainEpoch, e => e with { Epoch = progress.Epoch, Epochs = progress.Epochs, Loss = progress.Loss });
    }

    public void Returned(PlannedGrain grain, string? cause)
    {
        if (cause is not null)
            Tell(ClusterEventKind.GrainReturned, e => e with { Text = cause });
        next?.Returned(grain, cause);
    }

    public void Ended(PlannedGrain grain, GrainOutcome outcome)
    {
        Tell(ClusterEventKind.GrainEnded, e => e with { Text = outcome.State.ToString().ToLowerInvariant(), Seconds = outcome.Seconds, Error = outcome.Error });
        next?.Ended(grain, outcome);
    }

    private void Tell(ClusterEventKind kind, Func<ClusterEvent, ClusterEvent> with) => broker.Tell(with(new ClusterEvent(kind, running.View.Plan.Id, silo)
    {
        Grain = running.Grain.Key.ToString(),
        Device = running.Device.Name,
    }));
}
