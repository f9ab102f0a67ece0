using System.Collections.Concurrent;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>Has silos run a campaign, and follows it from wherever this process is. It works on no grain, and may end at any time: the silos go on.</summary>
public sealed class RabbitMqEngine : IGrainEngine
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_cancelling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_abandoned = TimeSpan.FromSeconds(30);

    private readonly IWorkBroker _broker;
    private readonly CampaignStore _campaigns;
    private readonly GrainRecords _records;
    private readonly GrainPublisher _publisher;
    private readonly string _scope;
    private readonly TimeProvider _clock;

    /// <summary>Makes an engine.</summary>
    /// <param name="broker">The broker; it remains its maker's.</param>
    /// <param name="records">The store.</param>
    /// <param name="scope">The store's identity, of which queues are named.</param>
    /// <param name="clock">The clock.</param>
    public RabbitMqEngine(IWorkBroker broker, GrainRecords records, string scope, TimeProvider clock)
    {
        (_broker, _records, _scope, _clock) = (broker, records, scope, clock);
        _campaigns = new CampaignStore(records);
        _publisher = new GrainPublisher(broker, _campaigns, "");
    }

    /// <inheritdoc/>
    public string Name => "rabbitmq";

    /// <summary>Hands a campaign that is in the store over to the silos. One that they have already stays as it is.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="cancellation">Stops; handing it over again goes on.</param>
    /// <returns>When what is ready waits for them.</returns>
    /// <exception cref="BrokerFailedException">The broker is away.</exception>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public Task SubmitAsync(CampaignPlan plan, CancellationToken cancellation) => HandOverAsync(plan, cancellation);

    /// <inheritdoc/>
    /// <remarks>Cancelling the token ends the following alone; <see cref="CampaignStore.CancelAsync"/> ends the campaign.</remarks>
    public async Task<CampaignOutcome> RunAsync(CampaignPlan plan, IGrainObserver observer, CancellationToken cancellation)
    {
        var ledger = new CampaignLedger(plan, _records);
        var ended = new ConcurrentQueue<GrainKey>();
        var wake = new Signal(_clock);
        using IDisposable listening = _broker.Listen(happened => Hear(happened, plan, ledger, observer, ended, wake));
        IReadOnlySet<GrainKey>? before = await HandOverAsync(plan, cancellation).ConfigureAwait(false);
        int reused = 0;
        foreach (GrainOutcome there in await ledger.AdvanceAsync(cancellation).ConfigureAwait(false))
        {
            // Silos may have done some since.
            bool old = there.State == GrainState.Done && before?.Contains(there.Key) != false;
            reused += old ? 1 : 0;
            observer.Ended(ledger.Find(there.Key)!, old ? there with { State = GrainState.Reused } : there);
        }

        await FollowAsync(plan, ledger, observer, ended, wake, cancellation).ConfigureAwait(false);
        return new CampaignOutcome(ledger.Done - reused, reused, ledger.Failed);
    }

    /// <summary>Nothing to let go of.</summary>
    /// <returns>At once.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What had ended before that; null where silos have the campaign already.
    private async Task<IReadOnlySet<GrainKey>?> HandOverAsync(CampaignPlan plan, CancellationToken cancellation)
    {
        await AwaitCancellationAsync(plan, cancellation).ConfigureAwait(false);
        if (await ActivationAsync(plan, cancellation).ConfigureAwait(false) is not null)
            return null;
        await _campaigns.ReviveAsync(plan, cancellation).ConfigureAwait(false);
        var before = new CampaignLedger(plan, _records);
        HashSet<GrainKey> ended = [.. (await before.AdvanceAsync(cancellation).ConfigureAwait(false)).Select(there => there.Key)];
        if (before.Finished)
            return ended;
        await _campaigns.ActivateAsync(plan.Id, cancellation).ConfigureAwait(false);
        if (await ActivationAsync(plan, cancellation).ConfigureAwait(false) is not { } campaign)
            return ended;
        using var view = new CampaignView(campaign, plan, _records, _scope);
        await view.WithLedgerAsync(ledger => ledger.AdvanceAsync(cancellation)).ConfigureAwait(false);
        await _publisher.DeclareAsync(view, cancellation).ConfigureAwait(false);
        await _publisher.PublishAsync(view, await view.WithLedgerAsync(ledger => Task.FromResult(ledger.Ready)).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        await _publisher.ClearAsync(view, cancellation).ConfigureAwait(false);
        return ended;
    }

    private async Task FollowAsync(CampaignPlan plan, CampaignLedger ledger, IGrainObserver observer, ConcurrentQueue<GrainKey> ended, Signal wake, CancellationToken cancellation)
    {
        TimeSpan pause = s_interval;
        long? abandoned = null;
        long looked = _clock.GetTimestamp() - (long)(s_interval.TotalSeconds * _clock.TimestampFrequency);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var told = new List<GrainKey>();
                while (ended.TryDequeue(out GrainKey key))
                    told.Add(key);
                Tell(await ledger.AdvanceAsync(told, cancellation).ConfigureAwait(false));
                if (_clock.GetElapsedTime(looked) >= pause)
                {
                    long start = _clock.GetTimestamp();
                    // Whoever ends a campaign sees to it that every grain has ended before: one that is not active, and then is not finished, is nobody's.
                    bool active = await ActivationAsync(plan, cancellation).ConfigureAwait(false) is not null;
                    Tell(await ledger.AdvanceAsync(cancellation).ConfigureAwait(false));
                    if (!ledger.Finished && await _campaigns.IsCancelledAsync(plan.Id, cancellation).ConfigureAwait(false))
                        throw new OperationCanceledException($"The campaign {plan.Id} was cancelled.");
                    abandoned = active || ledger.Finished ? null : abandoned ?? start;
                    if (abandoned is { } since && _clock.GetElapsedTime(since) >= s_abandoned)
                    {
                        throw new SpatialClusterException(
                            FailureKind.Permanent,
                            $"No silo works on the campaign {plan.Id} any more, though {plan.Grains.Count - ledger.Done - ledger.Failed} of its grains have not ended: it was deleted or ended elsewhere; run its document again, and what is done is kept.");
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

            if (ledger.Finished)
                return;
            await wake.WaitAsync(s_interval, cancellation).ConfigureAwait(false);
        }

        void Tell(IReadOnlyList<GrainOutcome> outcomes)
        {
            foreach (GrainOutcome outcome in outcomes)
                observer.Ended(ledger.Find(outcome.Key)!, outcome);
        }
    }

    private static void Hear(ClusterEvent happened, CampaignPlan plan, CampaignLedger ledger, IGrainObserver observer, ConcurrentQueue<GrainKey> ended, Signal wake)
    {
        if (happened.Campaign != plan.Id)
            return;
        PlannedGrain? grain = happened.Grain is { } name && GrainKey.TryParse(name, out GrainKey key) ? ledger.Find(key) : null;
        switch (happened.Kind)
        {
            case ClusterEventKind.GrainStarted when grain is not null:
                observer.Started(grain, $"{happened.Silo} {happened.Device}");
                break;
            case ClusterEventKind.GrainStage when grain is not null:
                observer.Stage(grain, happened.Text ?? "");
                break;
            case ClusterEventKind.GrainEpoch when grain is not null && happened is { Epoch: { } epoch, Epochs: { } epochs }:
                observer.Epoch(grain, new TrainingProgress(epoch, epochs, happened.Loss ?? double.NaN));
                break;
            case ClusterEventKind.GrainReturned when grain is not null:
                observer.Returned(grain, happened.Text);
                break;
            case ClusterEventKind.GrainEnded when grain is not null:
                ended.Enqueue(grain.Key);
                wake.Set();
                break;
            case ClusterEventKind.CampaignEnded or ClusterEventKind.CampaignCancelled:
                wake.Set();
                break;
        }
    }

    private async Task<ActiveCampaign?> ActivationAsync(CampaignPlan plan, CancellationToken cancellation) =>
        (await _campaigns.ActiveAsync(cancellation).ConfigureAwait(false)).FirstOrDefault(c => c.Id == plan.Id);

    // Silos clear up after a campaign that was cancelled; where there is none, this does.
    private async Task AwaitCancellationAsync(CampaignPlan plan, CancellationToken cancellation)
    {
        long start = _clock.GetTimestamp();
        while (await ActivationAsync(plan, cancellation).ConfigureAwait(false) is { } campaign && await _campaigns.IsCancelledAsync(plan.Id, cancellation).ConfigureAwait(false))
        {
            if (_clock.GetElapsedTime(start) < s_cancelling)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500), _clock, cancellation).ConfigureAwait(false);
                continue;
            }

            using var view = new CampaignView(campaign, plan, _records, _scope);
            await _publisher.DeleteAsync(view, cancellation).ConfigureAwait(false);
            await _campaigns.DeactivateAsync(campaign, cancellation).ConfigureAwait(false);
        }
    }
}
