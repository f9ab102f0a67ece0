using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>Has silos run a campaign, and follows it from wherever this process is. It works on no grain, and may end at any time: the silos go on.</summary>
public sealed class RabbitMqEngine : IGrainEngine
{
    private static readonly TimeSpan s_cancelling = TimeSpan.FromSeconds(10);

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
        var follower = new CampaignFollower(plan, _records, observer, _clock);
        using IDisposable listening = _broker.Listen(follower.Hear);
        return await follower.RunAsync(await HandOverAsync(plan, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
    }

    /// <summary>Nothing to let go of.</summary>
    /// <returns>At once.</returns>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What had ended before that; null where silos have the campaign already.
    private async Task<IReadOnlySet<GrainKey>?> HandOverAsync(CampaignPlan plan, CancellationToken cancellation)
    {
        await AwaitCancellationAsync(plan, cancellation).ConfigureAwait(false);
        CampaignHandover made = await CampaignHandover.MakeAsync(plan, _records, cancellation).ConfigureAwait(false);
        if (made.Active is not { } campaign)
            return made.Before;
        using var view = new CampaignView(campaign, plan, _records, _scope);
        await view.WithLedgerAsync(ledger => ledger.AdvanceAsync(cancellation)).ConfigureAwait(false);
        await _publisher.DeclareAsync(view, cancellation).ConfigureAwait(false);
        await _publisher.PublishAsync(view, await view.WithLedgerAsync(ledger => Task.FromResult(ledger.Ready)).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        await _publisher.ClearAsync(view, cancellation).ConfigureAwait(false);
        return made.Before;
    }

    // Silos clear up after a campaign that was cancelled; where there is none, this does.
    private async Task AwaitCancellationAsync(CampaignPlan plan, CancellationToken cancellation)
    {
        long start = _clock.GetTimestamp();
        while (await CampaignHandover.FindAsync(plan, _campaigns, cancellation).ConfigureAwait(false) is { } campaign && await _campaigns.IsCancelledAsync(plan.Id, cancellation).ConfigureAwait(false))
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
