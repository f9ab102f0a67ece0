using SpatialCluster.Artifacts.Records;
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
    // Between two such steps, those who end grains have their turn with the ledger.
    private const int Step = 64;

    private readonly Lock _gate = new();
    private readonly HashSet<ActiveCampaign> _refused = [];
    private volatile IReadOnlyList<CampaignView> _all = [];

    /// <summary>Those there are, by rising name.</summary>
    public IReadOnlyList<CampaignView> All => _all;

    /// <summary>Takes up which campaigns are to be worked on, and which were cancelled.</summary>
    /// <exception cref="StoreFailedException">The store failed; what was known stays.</exception>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        IReadOnlyList<ActiveCampaign> active = await campaigns.ActiveAsync(cancellation).ConfigureAwait(false);
        var all = new List<CampaignView>();
        _refused.IntersectWith(active);
        foreach (ActiveCampaign campaign in active)
        {
            if (_refused.Contains(campaign))
                continue;
            if ((_all.FirstOrDefault(v => v.Campaign == campaign) ?? await LoadAsync(campaign, cancellation).ConfigureAwait(false)) is { } view)
                all.Add(view);
        }

        CampaignView[] gone;
        lock (_gate)
        {
            // Some may have ended while the store was asked.
            all.RemoveAll(v => v.HasLeft);
            gone = [.. _all.Except(all)];
            _all = all;
        }

        foreach (CampaignView view in gone)
            view.Leave();
        foreach (CampaignView view in all)
        {
            if (!await campaigns.IsCancelledAsync(view.Plan.Id, cancellation).ConfigureAwait(false))
                continue;
            view.Cancelled = true;
            view.Stop.Cancel();
        }

        // The work stops at once; queues go when the broker is there.
        foreach (CampaignView view in all.Where(v => v.Cancelled && broker.IsConnected))
        {
            try
            {
                await CloseAsync(view, cancellation).ConfigureAwait(false);
            }
            catch (BrokerFailedException)
            {
                // The next look tries again; other campaigns do not wait for that.
            }
        }
    }

    /// <summary>Whether silos are to work on a campaign by this activation still.</summary>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public Task<bool> IsActiveAsync(CampaignView view, CancellationToken cancellation) => campaigns.IsActiveAsync(view.Campaign, cancellation);

    /// <summary>Looks whether a campaign is at its end, and clears up after it.</summary>
    public async Task<bool> FinishAsync(CampaignView view, CancellationToken cancellation)
    {
        long start = settings.Clock.GetTimestamp();
        IReadOnlyList<PlannedGrain> ready = await view.WithLedgerAsync(ledger => Task.FromResult(ledger.Ready)).ConfigureAwait(false);
        var open = new Queue<GrainKey>(ready.Select(grain => grain.Key));
        while (open.Count > 0)
        {
            GrainKey[] step = [.. Enumerable.Range(0, Math.Min(Step, open.Count)).Select(_ => open.Dequeue())];
            if ((await view.WithLedgerAsync(ledger => ledger.StepAsync(step, open, cancellation)).ConfigureAwait(false)).Count > 0)
                view.LastEnd = settings.Clock.GetTimestamp();
        }

        bool finished = await view.WithLedgerAsync(ledger => Task.FromResult(ledger.Finished)).ConfigureAwait(false);
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
        if (view.Cancelled || settings.Clock.GetTimestamp() < view.NextLook || settings.Clock.GetElapsedTime(view.LastEnd) < settings.Stall)
            return;
        view.LastEnd = settings.Clock.GetTimestamp();
        // Where messages wait in every queue, nothing is stuck: to look at thousands of grains would be in vain.
        var empty = new HashSet<GrainQueue>();
        foreach (GrainQueue queue in view.Queues)
        {
            if (!(await broker.WaitingAsync(queue.Name, cancellation).ConfigureAwait(false) > 0))
                empty.Add(queue);
        }

        if (empty.Count == 0 || await FinishAsync(view, cancellation).ConfigureAwait(false))
            return;
        IReadOnlyList<PlannedGrain> ready = await view.WithLedgerAsync(ledger => Task.FromResult(ledger.Ready)).ConfigureAwait(false);
        foreach (IGrouping<GrainQueue, PlannedGrain> group in ready.GroupBy(view.QueueOf))
        {
            if (!empty.Contains(group.Key) || await broker.WaitingAsync(group.Key.Name, cancellation).ConfigureAwait(false) > 0)
                continue;
            var lost = new List<PlannedGrain>();
            foreach (PlannedGrain grain in group)
            {
                if (await records.FindClaimAsync(grain.Key, cancellation).ConfigureAwait(false) is not { } claim || records.IsFree(grain.Key, claim, settings.Clock))
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
    public bool Has(CampaignView view) => _all.Contains(view) && !view.Cancelled && !view.HasLeft;

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
            _refused.Add(campaign);
            return null;
        }
    }

    // Queues go first: were the mark gone first, nobody would know of them any more.
    private async Task CloseAsync(CampaignView view, CancellationToken cancellation)
    {
        IReadOnlyList<ActiveCampaign> active = await campaigns.ActiveAsync(cancellation).ConfigureAwait(false);
        // Where the campaign is run again already, its queues are those of the new run.
        if (!active.Any(c => c.Id == view.Campaign.Id && c != view.Campaign))
            await publisher.DeleteAsync(view, cancellation).ConfigureAwait(false);
        await campaigns.DeactivateAsync(view.Campaign, cancellation).ConfigureAwait(false);
        view.Leave();
        lock (_gate)
            _all = [.. _all.Where(v => v != view)];
    }
}
