using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>The campaigns that a silo works on: what the store says, looked at again and again.</summary>
internal sealed class CampaignViews(CampaignStore campaigns, GrainRecords records, IWorkBroker broker, GrainPublisher publisher, string scope, SiloSettings settings, Func<CampaignPlan, IGrainObserver> observe) : IDisposable
{
    private volatile IReadOnlyList<CampaignView> _all = [];

    /// <summary>Those there are, by rising name.</summary>
    public IReadOnlyList<CampaignView> All => _all;

    /// <summary>Takes up which campaigns are to be worked on, and which were cancelled.</summary>
    /// <exception cref="StoreFailedException">The store failed; what was known stays.</exception>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        IReadOnlyList<ActiveCampaign> active = await campaigns.ActiveAsync(cancellation).ConfigureAwait(false);
        var all = new List<CampaignView>();
        foreach (ActiveCampaign campaign in active)
        {
            if ((_all.FirstOrDefault(v => v.Campaign == campaign) ?? await LoadAsync(campaign, cancellation).ConfigureAwait(false)) is { } view)
                all.Add(view);
        }

        CampaignView[] gone = [.. _all.Except(all)];
        _all = all;
        foreach (CampaignView view in gone)
            view.Leave();
        foreach (CampaignView view in all)
        {
            if (await campaigns.IsCancelledAsync(view.Plan.Id, cancellation).ConfigureAwait(false))
                await CancelAsync(view, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Looks whether a campaign is at its end, and clears up after it.</summary>
    public async Task<bool> FinishAsync(CampaignView view, CancellationToken cancellation)
    {
        long start = settings.Clock.GetTimestamp();
        bool finished = await view.WithLedgerAsync(async ledger =>
        {
            if ((await ledger.AdvanceAsync(cancellation).ConfigureAwait(false)).Count > 0)
                view.LastEnd = settings.Clock.GetTimestamp();
            return ledger.Finished;
        }).ConfigureAwait(false);
        long ended = settings.Clock.GetTimestamp();
        view.NextLook = ended + (5 * (ended - start));
        if (!finished)
            return false;
        // Where the campaign was run again meanwhile, its queues are those of the new run.
        if (!await campaigns.IsActiveAsync(view.Campaign, cancellation).ConfigureAwait(false))
            return true;
        // Who gave a grain up may have died before it could say what that costs.
        await view.WithLedgerAsync(async ledger =>
        {
            await ledger.RecordLostAsync(cancellation).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        await CloseAsync(view, cancellation).ConfigureAwait(false);
        broker.Tell(new ClusterEvent(ClusterEventKind.CampaignEnded, view.Plan.Id, settings.Id));
        return true;
    }

    /// <summary>Puts what is ready, in nobody's hands and in no queue into its queue again: a broker may lose messages, and a silo may die before it tells.</summary>
    public async Task MendAsync(CampaignView view, CancellationToken cancellation)
    {
        if (view.Cancelled || settings.Clock.GetElapsedTime(view.LastEnd) < settings.Stall)
            return;
        view.LastEnd = settings.Clock.GetTimestamp();
        if (await FinishAsync(view, cancellation).ConfigureAwait(false))
            return;
        IReadOnlyList<PlannedGrain> ready = await view.WithLedgerAsync(ledger => Task.FromResult(ledger.Ready)).ConfigureAwait(false);
        foreach (IGrouping<GrainQueue, PlannedGrain> group in ready.GroupBy(view.QueueOf))
        {
            if (await broker.WaitingAsync(group.Key.Name, cancellation).ConfigureAwait(false) > 0)
                continue;
            var lost = new List<PlannedGrain>();
            foreach (PlannedGrain grain in group)
            {
                if ((await records.FindClaimAsync(grain.Key, cancellation).ConfigureAwait(false))?.IsFree(settings.Clock.GetUtcNow()) ?? true)
                    lost.Add(grain);
            }

            await publisher.PublishAsync(view, lost, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Lets go of all campaigns.</summary>
    public void Dispose()
    {
        foreach (CampaignView view in _all)
        {
            // Whoever watches the campaign's part of this silo hears of its end.
            view.Leave();
            view.Dispose();
        }

        _all = [];
    }

    /// <summary>Whether a campaign may still be worked on.</summary>
    public bool Has(CampaignView view) => _all.Contains(view) && !view.Cancelled;

    private async Task<CampaignView?> LoadAsync(ActiveCampaign campaign, CancellationToken cancellation)
    {
        try
        {
            CampaignPlan plan = await campaigns.PlanAsync(campaign.Id, cancellation).ConfigureAwait(false);
            return plan.Id == campaign.Id ? new CampaignView(campaign, plan, records, scope) { LastEnd = settings.Clock.GetTimestamp(), Observer = observe(plan) } : null;
        }
        catch (SpatialClusterException unreadable) when (unreadable is not StoreFailedException)
        {
            // Deleted just now, or planned by a newer program, whose silos see to it.
            settings.Log($"The campaign {campaign.Id} is left alone: {unreadable.Message}");
            return null;
        }
    }

    private async Task CancelAsync(CampaignView view, CancellationToken cancellation)
    {
        view.Cancelled = true;
        view.Stop.Cancel();
        await CloseAsync(view, cancellation).ConfigureAwait(false);
    }

    // Queues go first: were the mark gone first, nobody would know of them any more.
    private async Task CloseAsync(CampaignView view, CancellationToken cancellation)
    {
        await publisher.DeleteAsync(view, cancellation).ConfigureAwait(false);
        await campaigns.DeactivateAsync(view.Campaign, cancellation).ConfigureAwait(false);
        _all = [.. _all.Where(v => v != view)];
        view.Leave();
    }
}
