using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.Orleans.Storage;
using SpatialCluster.Engine.Orleans.Work;

namespace SpatialCluster.Engine.Orleans.Grains;

/// <inheritdoc cref="ICampaignGrain"/>
/// <remarks>An activation that is lost takes nothing along: the next reads the store. A reminder sees to it that there is a next, and the silos, which look for campaigns that are active, that it comes soon.</remarks>
internal sealed class CampaignGrain([PersistentState("campaign", ArtifactGrainStorage.Name)] IPersistentState<CampaignState> state, CampaignDesk desk) : Grain, ICampaignGrain, IRemindable
{
    private const string Reminder = "tend";

    private static readonly TimeSpan s_tick = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_reminder = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, Guid> _marks = new(StringComparer.Ordinal);
    private readonly HashSet<GrainKey> _offered = [];
    private ActiveCampaign? _active;
    private CampaignLedger? _ledger;
    private long _looked;
    private TimeSpan _pause;

    private string Id => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(_ => TendAsync(), new GrainTimerCreationOptions(s_tick, s_tick));
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => TendAsync();

    public Task<CampaignStanding> StandingAsync() => Task.FromResult(_ledger is { } ledger
        ? new CampaignStanding(_active is not null, ledger.Plan.Grains.Count, ledger.Done, ledger.Failed)
        : new CampaignStanding(false, 0, 0, 0));

    public async Task<string?> TendAsync()
    {
        try
        {
            await LookAsync();
            return null;
        }
        catch (SpatialClusterException failure)
        {
            // The next tick finds it back, or not.
            desk.Settings.Log($"The campaign {Id} cannot be seen to: {failure.Message}");
            return failure.Message;
        }
    }

    public async Task EndedAsync(string[] grains)
    {
        if (_ledger is not { } ledger)
            return;
        try
        {
            await TakeUpAsync(ledger, await ledger.AdvanceAsync([.. grains.Select(WorkGrains.Key)], CancellationToken.None));
        }
        catch (SpatialClusterException failure)
        {
            desk.Settings.Log($"The campaign {Id} cannot be seen to: {failure.Message}");
        }
    }

    private async Task LookAsync()
    {
        ActiveCampaign? active = (await desk.Campaigns.ActiveAsync()).FirstOrDefault(c => c.Id == Id);
        if (active is null)
        {
            await LeaveAsync();
            return;
        }

        if (active != _active)
            await BeginAsync(active);
        if (await desk.Campaigns.IsCancelledAsync(Id))
        {
            await WithdrawAsync();
            await desk.Campaigns.DeactivateAsync(active);
            desk.Events.Tell(new ClusterEvent(ClusterEventKind.CampaignCancelled, Id, desk.Settings.Id));
            await LeaveAsync();
            return;
        }

        CampaignLedger ledger = _ledger!;
        long start = desk.Settings.Clock.GetTimestamp();
        IReadOnlyList<GrainOutcome> ended = [];
        if (_looked == 0 || desk.Settings.Clock.GetElapsedTime(_looked) > _pause)
        {
            ended = await ledger.AdvanceAsync(CancellationToken.None);
            // What a lane should know it is told again: an end may have been told of that the store does not know any more.
            _offered.Clear();
            _looked = desk.Settings.Clock.GetTimestamp();
            // A look at ten thousand grains takes its time; it is what work grains tell that makes a campaign go on quickly.
            _pause = TimeSpan.FromTicks(Math.Max(s_look.Ticks, 5 * desk.Settings.Clock.GetElapsedTime(start, _looked).Ticks));
        }

        await TakeUpAsync(ledger, ended);
    }

    private async Task BeginAsync(ActiveCampaign active)
    {
        CampaignPlan plan = await desk.Campaigns.PlanAsync(Id);
        if (plan.Id != Id)
            throw new SpatialClusterException(FailureKind.Permanent, $"The plan of {Id} was deleted.");
        _ledger = new CampaignLedger(plan, desk.Records);
        _marks.Clear();
        _offered.Clear();
        _looked = 0;
        _active = active;
        if (state.State.Activation != active.Activation.Value)
        {
            state.State = new CampaignState { Activation = active.Activation.Value, Lanes = [.. plan.Grains.Select(g => NameOf(g.Lane)).Distinct()] };
            await state.WriteStateAsync();
        }

        await this.RegisterOrUpdateReminder(Reminder, s_reminder, s_reminder);
    }

    // Offers what has become ready, all of it to a lane that has forgotten; ends the campaign where nothing is left.
    private async Task TakeUpAsync(CampaignLedger ledger, IReadOnlyList<GrainOutcome> ended)
    {
        if (ended.Any(outcome => outcome.State == GrainState.Failed))
            await ledger.RecordLostAsync(CancellationToken.None);
        foreach (GrainOutcome outcome in ended)
            _offered.Remove(outcome.Key);
        if (ledger.Finished)
        {
            await ledger.RecordLostAsync(CancellationToken.None);
            if (_active is { } active && await desk.Campaigns.DeactivateAsync(active))
                desk.Events.Tell(new ClusterEvent(ClusterEventKind.CampaignEnded, Id, desk.Settings.Id));
            await LeaveAsync();
            return;
        }

        foreach (IGrouping<Lane, PlannedGrain> group in ledger.Ready.GroupBy(grain => grain.Lane))
        {
            string name = NameOf(group.Key);
            ILaneGrain lane = GrainFactory.GetGrain<ILaneGrain>(name);
            bool knows = _marks.TryGetValue(name, out Guid mark) && await lane.MarkAsync() == mark;
            WorkOrder[] orders = [.. group.Where(grain => !knows || !_offered.Contains(grain.Key)).Select(grain => new WorkOrder(grain.Key.ToString(), Id, name, grain.Code, grain.ForecastBytes))];
            if (orders.Length == 0)
                continue;
            _marks[name] = await lane.OfferAsync(Id, orders);
            _offered.UnionWith(group.Select(grain => grain.Key));
        }
    }

    private async Task WithdrawAsync()
    {
        foreach (string lane in state.State.Lanes)
            await GrainFactory.GetGrain<ILaneGrain>(lane).WithdrawAsync(Id);
    }

    private async Task LeaveAsync()
    {
        if (state.State.Activation.Length > 0)
        {
            await WithdrawAsync();
            await state.ClearStateAsync();
        }

        (_active, _ledger) = (null, null);
        if (await this.GetReminder(Reminder) is { } reminder)
            await this.UnregisterReminder(reminder);
        DeactivateOnIdle();
    }

    private static string NameOf(Lane lane) => lane.ToString().ToLowerInvariant();
}
