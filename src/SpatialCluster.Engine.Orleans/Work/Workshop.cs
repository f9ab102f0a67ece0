using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.Orleans.Grains;

namespace SpatialCluster.Engine.Orleans.Work;

/// <summary>The devices of this silo, and the work that is under way on them: what the Orleans grains here have in common.</summary>
internal sealed class Workshop(GrainRunner runner, CampaignStore campaigns, OrleansSiloSettings settings, ISiloStatusOracle membership, EventTeller events, Func<CampaignPlan, IGrainObserver> observe) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<GrainKey, Workpiece> _pieces = [];
    private readonly Respite _respite = new(settings.Clock);
    private bool _stopped;

    /// <summary>This silo.</summary>
    public SiloAddress Silo => membership.SiloAddress;

    /// <summary>The plans that are known here.</summary>
    public CampaignShelf Shelf { get; } = new(campaigns, observe);

    /// <summary>What the store said when it last failed; null when it works.</summary>
    public string? StoreTrouble { get; set; }

    /// <summary>Why no grain is to be begun now; null where nothing speaks against it.</summary>
    public string? Trouble => StoreTrouble ?? _respite.Reason;

    /// <summary>Set when a device has become free.</summary>
    public Signal Freed { get; } = new(settings.Clock);

    /// <summary>What is under way.</summary>
    public IReadOnlyList<Workpiece> Pieces
    {
        get
        {
            lock (_gate)
                return [.. _pieces.Values];
        }
    }

    /// <summary>Says something to whoever looks for a fault.</summary>
    public void Log(string sentence) => settings.Log(sentence);

    /// <summary>Begins the work on a grain, where a device and the memory for it are free.</summary>
    public async Task<(WorkAnswer Answer, Workpiece? Piece)> BeginAsync(WorkOrder order)
    {
        if (_stopped || Trouble is not null)
            return (WorkAnswer.Busy, null);
        CampaignShelf.Entry campaign;
        PlannedGrain? grain;
        bool suspect;
        try
        {
            campaign = await Shelf.FindAsync(order.Campaign, CancellationToken.None).ConfigureAwait(false);
            if (!campaign.Grains.TryGetValue(WorkGrains.Key(order.Grain), out grain))
                return (WorkAnswer.Unreadable, null);
            // An innocent that ran beside a bad one is not to share its end time and again.
            suspect = await runner.Records.FindClaimAsync(grain.Key).ConfigureAwait(false) is { IsReleased: false, Progressed: false, Crashes: > 0 };
        }
        catch (StoreFailedException failure)
        {
            StoreTrouble = failure.Message;
            return (WorkAnswer.Busy, null);
        }
        catch (SpatialClusterException unreadable)
        {
            Log($"The campaign {order.Campaign} is left to others: {unreadable.Message}");
            return (WorkAnswer.Unreadable, null);
        }

        lock (_gate)
        {
            if (_stopped || FreeDevice(grain, suspect) is not { } device)
                return (WorkAnswer.Busy, null);
            var piece = new Workpiece(new GrainAtWork(order.Campaign, grain, device, settings.Clock.GetUtcNow()), suspect);
            if (!_pieces.TryAdd(grain.Key, piece))
                return (WorkAnswer.Busy, null);
            piece.Ended = Task.Run(() => RunAsync(piece, campaign.Observer));
            return (WorkAnswer.Begun, piece);
        }
    }

    /// <summary>What a lane may give to this silo.</summary>
    public SiloReport Report(Lane lane)
    {
        lock (_gate)
        {
            bool takes = !_stopped && Trouble is null;
            int busy = _pieces.Values.Count(p => p.Work.Device.Lane == lane);
            return new SiloReport(
                Silo,
                takes ? settings.Devices.Count(d => d.Lane == lane) - busy : 0,
                settings.MemoryLimit,
                settings.MemoryLimit - _pieces.Values.Sum(p => p.Work.Grain.ForecastBytes),
                _pieces.Count == 0,
                [.. runner.Codes],
                [.. _pieces.Where(p => p.Value.Work.Device.Lane == lane).Select(p => p.Key.ToString())]);
        }
    }

    /// <summary>What the devices do.</summary>
    public IReadOnlyList<DeviceReport> Devices()
    {
        IReadOnlyList<Workpiece> pieces = Pieces;
        return [.. settings.Devices.Select(device => pieces.FirstOrDefault(p => p.Work.Device == device)?.Work.Report() ?? DeviceReport.Idle(device))];
    }

    /// <summary>Takes nothing more, and stops what runs.</summary>
    /// <param name="most">How long that may take; what takes longer is given back while it runs on. Null for any time.</param>
    public async Task StopAsync(TimeSpan? most)
    {
        IReadOnlyList<Workpiece> pieces;
        lock (_gate)
        {
            _stopped = true;
            pieces = [.. _pieces.Values];
        }

        foreach (Workpiece piece in pieces)
            piece.Stop();
        Task all = Task.WhenAll(pieces.Select(p => p.Ended));
        if (most is not { } grace)
        {
            await all.ConfigureAwait(false);
            return;
        }

        await Task.WhenAny(all, Task.Delay(grace, settings.Clock)).ConfigureAwait(false);
        if (!all.IsCompleted)
            await Task.WhenAny(Task.WhenAll(pieces.Select(p => runner.AbandonAsync(p.Work.Grain.Key))), Task.Delay(s_patience, settings.Clock)).ConfigureAwait(false);
    }

    public void Dispose() => Shelf.Dispose();

    private IComputeDevice? FreeDevice(PlannedGrain grain, bool suspect)
    {
        bool fits = _pieces.Count == 0
            || (!suspect && !_pieces.Values.Any(p => p.Alone) && _pieces.Values.Sum(p => p.Work.Grain.ForecastBytes) + grain.ForecastBytes <= settings.MemoryLimit);
        return fits ? settings.Devices.FirstOrDefault(d => d.Lane == grain.Lane && _pieces.Values.All(p => p.Work.Device != d)) : null;
    }

    private async Task<WorkEnd> RunAsync(Workpiece piece, IGrainObserver observer)
    {
        var telling = new TellingObserver(piece.Work, settings.Id, events.Tell, observer, settings.Clock);
        try
        {
            return await TakeTurnAsync(piece, telling).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _pieces.Remove(piece.Work.Grain.Key);
            piece.Dispose();
            Freed.Set();
        }
    }

    private async Task<WorkEnd> TakeTurnAsync(Workpiece piece, TellingObserver telling)
    {
        PlannedGrain grain = piece.Work.Grain;
        try
        {
            // A claim names the silo of its owner: where the cluster has declared that dead, nobody waits for the lease.
            var delivery = new GrainDelivery { Ticket = Silo.ToParsableString(), IsGone = IsDead };
            GrainTurn turn = await runner.TakeTurnAsync(grain, delivery, piece.Work.Device, telling, piece.Stopped).ConfigureAwait(false);
            switch (turn.End)
            {
                case TurnEnd.Ended:
                    if (turn.Outcome!.State == GrainState.Done)
                        _respite.End();
                    telling.Ended(grain, turn.Outcome!);
                    return WorkEnd.Ended;
                case TurnEnd.Elsewhere:
                    telling.Returned(grain, null);
                    return WorkEnd.Elsewhere;
                case TurnEnd.Again when turn.Trouble is { } trouble:
                    _respite.Begin(trouble, isShort: false);
                    return Return("disk");
                case TurnEnd.Again:
                    return Return("transient");
                default:
                    return Return(null);
            }
        }
        catch (OperationCanceledException)
        {
            return Return("returned");
        }
        catch (StoreFailedException failure)
        {
            StoreTrouble = failure.Message;
            if (failure.IsFull)
                _respite.Begin(failure.Message, isShort: true);
            return Return("store");
        }
        catch (NewerRecordException newer)
        {
            Log($"'{grain.Title}' of {piece.Work.Campaign} is left to others: {newer.Message}");
            return Return(null);
        }
        catch (SpatialClusterException damage)
        {
            Log($"'{grain.Title}' of {piece.Work.Campaign} cannot be tried: {damage.Message}");
            return await RecordAsync(grain, damage, telling).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A silo lives on whatever happens to one grain; another may have more luck with it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log($"'{grain.Title}' of {piece.Work.Campaign} ended unexpectedly: {failure}");
            await Task.Delay(s_patience, settings.Clock, CancellationToken.None).ConfigureAwait(false);
            return Return("internal");
        }

        WorkEnd Return(string? cause)
        {
            telling.Returned(grain, cause);
            return WorkEnd.Returned;
        }
    }

    // What the store has of the grain cannot be read: no silo can go on with it.
    private async Task<WorkEnd> RecordAsync(PlannedGrain grain, SpatialClusterException damage, TellingObserver telling)
    {
        try
        {
            await runner.Records.FailAsync(grain.Key, new GrainFailure(damage.Message, 0, null)).ConfigureAwait(false);
        }
        catch (SpatialClusterException)
        {
            return WorkEnd.Elsewhere;
        }

        telling.Ended(grain, new GrainOutcome(grain.Key, GrainState.Failed, 0, damage.Message));
        return WorkEnd.Ended;
    }

    private bool IsDead(string ticket)
    {
        if (!SiloAddress.TryParse(ticket, null, out SiloAddress? owner) || owner.Equals(Silo))
            return false;
        // A silo that came back at the same address is another one.
        return membership.IsDeadSilo(owner) || membership.GetApproximateSiloStatuses().Keys.Any(s => s.Endpoint.Equals(owner.Endpoint) && s.Generation > owner.Generation);
    }
}
