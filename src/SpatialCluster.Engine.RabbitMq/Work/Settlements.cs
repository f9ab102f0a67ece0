using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>What follows from a grain that left its device, and then the end of its message: in this order, so that a silo that dies in between leaves the message to another.</summary>
internal sealed class Settlements(GrainRecords records, GrainPublisher publisher, CampaignViews views, SiloSettings settings, Signal wake) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _ended = new();

    /// <summary>What the store said when it last failed; null when it works.</summary>
    public string? StoreTrouble { get; set; }

    /// <summary>Cancelled once nothing more is to follow.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Puts a grain behind what waits, under a new ticket; a campaign that is not to be worked on needs no message.</summary>
    public Task MoveAsync(TakenGrain taken) => SettleAsync(
        taken.Delivery,
        () => views.Has(taken.View) ? publisher.PublishAsync(taken.View, [taken.Grain], _ended.Token) : Task.CompletedTask);

    /// <summary>A grain has ended: what became ready is published, or what cannot be done any more fails with it.</summary>
    public Task ConcludeAsync(TakenGrain taken, GrainOutcome outcome, bool damaged) => SettleAsync(taken.Delivery, async () =>
    {
        CampaignView view = taken.View;
        if (!views.Has(view))
            return;
        view.LastEnd = settings.Clock.GetTimestamp();
        if (outcome.State == GrainState.Failed)
        {
            // Whoever ran the campaign again meanwhile took the failure back: what follows from it must not spoil his run.
            if (!await views.IsActiveAsync(view, _ended.Token).ConfigureAwait(false))
                return;
            if (damaged)
                await records.FailAsync(outcome.Key, new GrainFailure(outcome.Error!, 0, null), _ended.Token).ConfigureAwait(false);
            else if (await records.FindFailureAsync(outcome.Key, _ended.Token).ConfigureAwait(false) is null)
                return;
            await view.WithLedgerAsync(ledger => ledger.FailDownstreamAsync(taken.Grain, outcome.Error!, _ended.Token)).ConfigureAwait(false);
            view.NearEnd = true;
        }
        else
        {
            IReadOnlyList<PlannedGrain> ready = await view.WithLedgerAsync(ledger => ledger.ReadyAfterAsync(taken.Grain.Key, _ended.Token)).ConfigureAwait(false);
            await publisher.PublishAsync(view, ready, _ended.Token).ConfigureAwait(false);
            view.NearEnd |= taken.Grain.Key == view.Plan.Report;
        }

        if (view.NearEnd)
            wake.Set();
    });

    /// <summary>Acknowledges a message when what follows from it is done, however long broker or store are away; it is lost with its connection.</summary>
    public async Task SettleAsync(IWorkDelivery delivery, Func<Task> first)
    {
        while (!delivery.Lost.IsCancellationRequested && !_ended.IsCancellationRequested)
        {
            try
            {
                await first().ConfigureAwait(false);
                await delivery.AcknowledgeAsync().ConfigureAwait(false);
                return;
            }
            catch (StoreFailedException failure)
            {
                StoreTrouble = failure.Message;
            }
            catch (BrokerFailedException)
            {
                // It is tried again, unless the message is lost by then.
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SpatialClusterException damage)
            {
                // The grain itself has ended; what is wrong with others is met by those who look through the campaign.
                settings.Log($"What follows from a grain of {delivery.Message.Campaign} cannot be told: {damage.Message}");
                first = () => Task.CompletedTask;
            }
#pragma warning disable CA1031 // A message that nobody acknowledges holds up its queue, whatever happened.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                settings.Log($"What follows from a grain of {delivery.Message.Campaign} cannot be told: {failure}");
                first = () => Task.CompletedTask;
            }

            await Task.Delay(s_patience, settings.Clock, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Nothing more follows: what is under way is left as it is.</summary>
    public void End() => _ended.Cancel();

    /// <summary>Lets go of the token.</summary>
    public void Dispose() => _ended.Dispose();
}
