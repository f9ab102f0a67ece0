using System.Collections.Concurrent;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>Follows a campaign that silos run: what they tell makes it quick, what the store holds makes it true.</summary>
public sealed class CampaignFollower
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_abandoned = TimeSpan.FromSeconds(30);

    private readonly CampaignPlan _plan;
    private readonly CampaignStore _campaigns;
    private readonly IGrainObserver _observer;
    private readonly TimeProvider _clock;
    private readonly CampaignLedger _ledger;
    private readonly ConcurrentQueue<GrainKey> _ended = new();
    private readonly Signal _wake;

    /// <summary>Begins to listen; nothing is told before <see cref="RunAsync"/>, except what is heard.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="records">The store.</param>
    /// <param name="observer">Told what goes on.</param>
    /// <param name="clock">The clock.</param>
    public CampaignFollower(CampaignPlan plan, GrainRecords records, IGrainObserver observer, TimeProvider clock)
    {
        (_plan, _observer, _clock) = (plan, observer, clock);
        _campaigns = new CampaignStore(records);
        _ledger = new CampaignLedger(plan, records);
        _wake = new Signal(clock);
    }

    /// <summary>Takes up what a silo tells; from any thread.</summary>
    /// <param name="happened">What happened, of any campaign.</param>
    public void Hear(ClusterEvent happened)
    {
        if (happened.Campaign != _plan.Id)
            return;
        PlannedGrain? grain = happened.Grain is { } name && GrainKey.TryParse(name, out GrainKey key) ? _ledger.Find(key) : null;
        switch (happened.Kind)
        {
            case ClusterEventKind.GrainStarted when grain is not null:
                _observer.Started(grain, $"{happened.Silo} {happened.Device}");
                break;
            case ClusterEventKind.GrainStage when grain is not null:
                _observer.Stage(grain, happened.Text ?? "");
                break;
            case ClusterEventKind.GrainEpoch when grain is not null && happened is { Epoch: { } epoch, Epochs: { } epochs }:
                _observer.Epoch(grain, new TrainingProgress(epoch, epochs, happened.Loss ?? double.NaN));
                break;
            case ClusterEventKind.GrainReturned when grain is not null:
                _observer.Returned(grain, happened.Text);
                break;
            case ClusterEventKind.GrainEnded when grain is not null:
                _ended.Enqueue(grain.Key);
                _wake.Set();
                break;
            case ClusterEventKind.CampaignEnded or ClusterEventKind.CampaignCancelled:
                _wake.Set();
                break;
        }
    }

    /// <summary>Follows the campaign until every grain of it has ended.</summary>
    /// <param name="before">What had ended before it was handed over; null where silos had the campaign already.</param>
    /// <param name="cancellation">Ends the following alone.</param>
    /// <returns>How many ended how.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the campaign was.</exception>
    /// <exception cref="SpatialClusterException">Nobody works on it any more.</exception>
    public async Task<CampaignOutcome> RunAsync(IReadOnlySet<GrainKey>? before, CancellationToken cancellation)
    {
        int reused = 0;
        foreach (GrainOutcome there in await _ledger.AdvanceAsync(cancellation).ConfigureAwait(false))
        {
            // Silos may have done some since.
            bool old = there.State == GrainState.Done && before?.Contains(there.Key) != false;
            reused += old ? 1 : 0;
            Tell([old ? there with { State = GrainState.Reused } : there]);
        }

        TimeSpan pause = s_interval;
        long? abandoned = null;
        long looked = _clock.GetTimestamp() - (long)(s_interval.TotalSeconds * _clock.TimestampFrequency);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var told = new List<GrainKey>();
                while (_ended.TryDequeue(out GrainKey key))
                    told.Add(key);
                Tell(await _ledger.AdvanceAsync(told, cancellation).ConfigureAwait(false));
                if (_clock.GetElapsedTime(looked) >= pause)
                {
                    long start = _clock.GetTimestamp();
                    abandoned = await LookAsync(cancellation).ConfigureAwait(false) ? null : abandoned ?? start;
                    if (abandoned is { } since && _clock.GetElapsedTime(since) >= s_abandoned)
                    {
                        throw new SpatialClusterException(
                            FailureKind.Permanent,
                            $"No silo works on the campaign {_plan.Id} any more, though {_plan.Grains.Count - _ledger.Done - _ledger.Failed} of its grains have not ended: it was deleted or ended elsewhere; run its document again, and what is done is kept.");
                    }

                    // A look at ten thousand grains may take a while; it is the events that make following quick.
                    looked = _clock.GetTimestamp();
                    pause = TimeSpan.FromTicks(Math.Max(s_interval.Ticks, 5 * _clock.GetElapsedTime(start, looked).Ticks));
                }
            }
            catch (StoreFailedException failure) when (failure.Kind == FailureKind.Transient)
            {
                // The silos meet the same, and outlive it.
            }

            if (_ledger.Finished)
                return new CampaignOutcome(_ledger.Done - reused, reused, _ledger.Failed);
            await _wake.WaitAsync(s_interval, cancellation).ConfigureAwait(false);
        }
    }

    // Whether somebody works on it. Whoever ends a campaign sees to it that every grain has ended before: one that is not active, and then is not finished, is nobody's.
    private async Task<bool> LookAsync(CancellationToken cancellation)
    {
        bool active = await CampaignHandover.FindAsync(_plan, _campaigns, cancellation).ConfigureAwait(false) is not null;
        Tell(await _ledger.AdvanceAsync(cancellation).ConfigureAwait(false));
        if (!_ledger.Finished && await _campaigns.IsCancelledAsync(_plan.Id, cancellation).ConfigureAwait(false))
            throw new OperationCanceledException($"The campaign {_plan.Id} was cancelled.");
        return active || _ledger.Finished;
    }

    private void Tell(IReadOnlyList<GrainOutcome> outcomes)
    {
        foreach (GrainOutcome outcome in outcomes)
            _observer.Ended(_ledger.Find(outcome.Key)!, outcome);
    }
}
