using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>Tells the cluster how a grain goes, and passes everything on.</summary>
/// <param name="work">What is told of.</param>
/// <param name="silo">Who tells.</param>
/// <param name="tell">Tells the cluster; must not block.</param>
/// <param name="next">Told everything, too; null for nobody.</param>
/// <param name="clock">The clock.</param>
public sealed class TellingObserver(GrainAtWork work, string silo, Action<ClusterEvent> tell, IGrainObserver? next, TimeProvider clock) : IGrainObserver
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private long _epochTold;

    /// <inheritdoc/>
    public void Started(PlannedGrain grain, string device)
    {
        Tell(ClusterEventKind.GrainStarted, e => e);
        next?.Started(grain, device);
    }

    /// <inheritdoc/>
    public void Stage(PlannedGrain grain, string stage)
    {
        work.Stage = stage;
        Tell(ClusterEventKind.GrainStage, e => e with { Text = stage });
        next?.Stage(grain, stage);
    }

    /// <inheritdoc/>
    public void Epoch(PlannedGrain grain, TrainingProgress progress)
    {
        work.Progress = progress;
        next?.Epoch(grain, progress);
        if (progress.Epoch < progress.Epochs && _epochTold != 0 && clock.GetElapsedTime(_epochTold) < s_interval)
            return;
        _epochTold = clock.GetTimestamp();
        Tell(ClusterEventKind.GrainEpoch, e => e with { Epoch = progress.Epoch, Epochs = progress.Epochs, Loss = progress.Loss });
    }

    /// <inheritdoc/>
    public void Returned(PlannedGrain grain, string? cause)
    {
        if (cause is not null)
            Tell(ClusterEventKind.GrainReturned, e => e with { Text = cause });
        next?.Returned(grain, cause);
    }

    /// <inheritdoc/>
    public void Ended(PlannedGrain grain, GrainOutcome outcome)
    {
        Tell(ClusterEventKind.GrainEnded, e => e with { Text = outcome.State.ToString().ToLowerInvariant(), Seconds = outcome.Seconds, Error = outcome.Error });
        next?.Ended(grain, outcome);
    }

    private void Tell(ClusterEventKind kind, Func<ClusterEvent, ClusterEvent> with) => tell(with(new ClusterEvent(kind, work.Campaign, silo)
    {
        Grain = work.Grain.Key.ToString(),
        Device = work.Device.Name,
    }));
}
