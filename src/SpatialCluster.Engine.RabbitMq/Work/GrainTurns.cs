using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;
using System.Collections.Concurrent;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>The grains that a silo has in its hands: on devices, and set aside. Each ends with its message acknowledged, or lost with the connection.</summary>
internal sealed class GrainTurns(GrainRunner runner, IWorkBroker broker, GrainPublisher publisher, CampaignViews views, SiloSettings settings, Signal wake) : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<GrainKey, RunningGrain> _running = new();
    private readonly List<SetAside> _aside = [];
    private readonly HashSet<Task> _turns = [];
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _handBack = new();
    private readonly Settlements _settlements = new(runner.Records, publisher, views, settings, wake);
    private readonly Respite _respite = new(settings.Clock);

    /// <summary>What the store said when it last failed; null when it works.</summary>
    public string? StoreTrouble
    {
        get => _settlements.StoreTrouble;
        set => _settlements.StoreTrouble = value;
    }

    /// <summary>Why no grain is to be begun now; null where nothing speaks against it.</summary>
    public string? Trouble => StoreTrouble ?? _respite.Reason;

    /// <summary>What devices work on, in the order of the devices' names.</summary>
    public IReadOnlyList<RunningGrain> Running => [.. _running.Values.OrderBy(r => r.Device.Name, StringComparer.Ordinal)];

    /// <summary>Whether nothing is left in hands.</summary>
    public bool Idle => _running.IsEmpty && Aside.Length == 0;

    private SetAside[] Aside
    {
        get
        {
            lock (_gate)
                return [.. _aside];
        }
    }

    /// <summary>Whether a grain fits beside what runs; one that fits beside nothing runs alone.</summary>
    public bool Fits(TakenGrain taken)
    {
        IReadOnlyList<RunningGrain> running = Running;
        return running.Count == 0
            || (!taken.Alone && !running.Any(r => r.Alone) && running.Sum(r => r.Grain.ForecastBytes) + taken.Grain.ForecastBytes <= settings.MemoryLimit);
    }

    /// <summary>Looks what is known against a grain whose last owner is gone. An innocent that ran beside a bad one is not to share its end time and again.</summary>
    public async Task<TakenGrain> SuspectAsync(TakenGrain taken, CancellationToken cancellation)
    {
        if (!taken.Delivery.Redelivered)
            return taken;
        try
        {
            GrainClaim? claim = await runner.Records.FindClaimAsync(taken.Grain.Key, cancellation).ConfigureAwait(false);
            return taken with { Alone = claim is { IsReleased: false, Progressed: false, Crashes: > 0 } };
        }
        catch (SpatialClusterException)
        {
            // The turn meets the same, and says so.
            return taken;
        }
    }

    /// <summary>Begins a grain on an idle device, unless it runs here already.</summary>
    /// <returns>Whether the device is busy with it now.</returns>
    public bool TryStart(TakenGrain taken, IComputeDevice device)
    {
        var running = new RunningGrain(taken.View, taken.Grain, device, taken.Delivery, settings.Clock) { Alone = taken.Alone };
        if (!_running.TryAdd(taken.Grain.Key, running))
        {
            MeetRunning(taken);
            return false;
        }

        Track(RunAsync(running));
        return true;
    }

    /// <summary>Keeps a message without a device. Of two for one grain of a campaign one is enough.</summary>
    public void PutAside(TakenGrain taken, bool tooLarge)
    {
        lock (_gate)
        {
            if (!_aside.Any(a => a.Taken.View == taken.View && a.Taken.Grain.Key == taken.Grain.Key && !a.Taken.Delivery.Lost.IsCancellationRequested))
            {
                _aside.Add(new SetAside(taken, settings.Clock.GetTimestamp(), tooLarge));
                return;
            }
        }

        Track(taken.Delivery.AcknowledgeAsync());
    }

    /// <summary>Looks after what is set aside, and after what runs for long.</summary>
    public async Task LookAfterAsync(CancellationToken cancellation)
    {
        foreach (SetAside aside in Aside)
        {
            if (aside.Taken.Delivery.Lost.IsCancellationRequested)
                Remove(aside);
            else if (await IsToMoveAsync(aside, cancellation).ConfigureAwait(false) && Remove(aside))
                Track(_settlements.MoveAsync(aside.Taken));
        }

        foreach (RunningGrain running in Running)
        {
            // The broker gives a message that is held for too long to another; a new one may wait for as long as it likes.
            if (settings.Clock.GetElapsedTime(running.Taken) > settings.Segment * 1.5 && running.LetGo() is { } old)
            {
                Track(_settlements.SettleAsync(old, () => publisher.PublishAsync(running.View, [running.Grain], cancellation)));
            }
        }
    }

    /// <summary>Gives everything back, and waits until it is.</summary>
    /// <param name="most">How long the work may take to stop; what takes longer is given back while it runs on. Null for any time.</param>
    public async Task HandBackAsync(TimeSpan? most)
    {
        _handBack.Cancel();
        foreach (SetAside aside in Aside)
        {
            if (Remove(aside))
                Track(_settlements.MoveAsync(aside.Taken));
        }

        Task all;
        lock (_gate)
            all = Task.WhenAll(_turns);
        if (most is not { } grace)
        {
            await all.ConfigureAwait(false);
            return;
        }

        using var over = new CancellationTokenSource();
        await Task.WhenAny(all, Task.Delay(grace, settings.Clock, over.Token)).ConfigureAwait(false);
        over.Cancel();
        if (all.IsCompleted)
            return;
        Task[] abandoned = [.. Running.Select(AbandonAsync)];
        using var soon = new CancellationTokenSource();
        await Task.WhenAny(Task.WhenAll(abandoned), Task.Delay(s_patience, settings.Clock, soon.Token)).ConfigureAwait(false);
        soon.Cancel();
        _settlements.End();
    }

    /// <summary>Lets go of everything; what still runs publishes nothing.</summary>
    public void Dispose()
    {
        _handBack.Dispose();
        _settlements.Dispose();
    }

    private void Track(Task turn)
    {
        lock (_gate)
            _turns.Add(turn);
        _ = turn.ContinueWith(
            ended =>
            {
                lock (_gate)
                    _turns.Remove(ended);
                wake.Set();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void MeetRunning(TakenGrain taken)
    {
        if (_running.TryGetValue(taken.Grain.Key, out RunningGrain? running) && running.View == taken.View)
        {
            switch (running.Delivery)
            {
                // The new message of what runs here for long, which nobody else took; or the connection was lost, and the message of what runs here came back here.
                case null when running.TryAdopt(taken.Delivery):
                case { Lost.IsCancellationRequested: true } lost when lost.Message.Ticket == taken.Delivery.Message.Ticket && running.TryAdopt(taken.Delivery):
                    return;
                case { Lost.IsCancellationRequested: false }:
                    // The message of what runs here is enough.
                    Track(taken.Delivery.AcknowledgeAsync());
                    return;
            }
        }

        PutAside(taken, tooLarge: false);
    }

    private bool Remove(SetAside aside)
    {
        lock (_gate)
            return _aside.Remove(aside);
    }

    private async Task RunAsync(RunningGrain running)
    {
        Func<IWorkDelivery, Task> settle;
        try
        {
            settle = await WorkAsync(running, running.Delivery!).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(new KeyValuePair<GrainKey, RunningGrain>(running.Grain.Key, running));
            wake.Set();
        }

        if (running.End() is { } held)
            await settle(held).ConfigureAwait(false);
    }

    // What is to be done with the message now.
    private async Task<Func<IWorkDelivery, Task>> WorkAsync(RunningGrain running, IWorkDelivery taken)
    {
        using (var segment = new CancellationTokenSource(settings.Segment, settings.Clock))
        using (var stop = CancellationTokenSource.CreateLinkedTokenSource(_handBack.Token, running.View.Stop.Token))
        {
            var delivery = new GrainDelivery { Ticket = taken.Message.Ticket, Redelivered = taken.Redelivered, Yield = segment.Token };
            var telling = TellOf(running);
            try
            {
                GrainTurn turn = await runner.TakeTurnAsync(running.Grain, delivery, running.Device, telling, stop.Token).ConfigureAwait(false);
                return After(running, turn, telling);
            }
            catch (OperationCanceledException)
            {
                return GiveBack(running, telling, "returned");
            }
            catch (StoreFailedException failure)
            {
                StoreTrouble = failure.Message;
                if (failure.IsFull)
                    _respite.Begin(failure.Message, isShort: true);
                return GiveBack(running, telling, "store");
            }
            catch (NewerRecordException newer)
            {
                // Silos of a newer program can go on with it.
                settings.Log($"'{running.Grain.Title}' of {running.View.Plan.Id} is left to others: {newer.Message}");
                return held =>
                {
                    PutAside(new TakenGrain(running.View, running.Grain, held), tooLarge: true);
                    return Task.CompletedTask;
                };
            }
            catch (SpatialClusterException damage)
            {
                settings.Log($"'{running.Grain.Title}' of {running.View.Plan.Id} cannot be tried: {damage.Message}");
                if (await IsClaimedAsync(running.Grain.Key).ConfigureAwait(false))
                    return After(running, new GrainTurn(TurnEnd.Elsewhere), telling);
                // What the store has of the grain cannot be read: no silo can go on with it.
                var outcome = new GrainOutcome(running.Grain.Key, GrainState.Failed, 0, damage.Message);
                telling.Ended(running.Grain, outcome);
                return held => _settlements.ConcludeAsync(new TakenGrain(running.View, running.Grain, held), outcome, damaged: true);
            }
#pragma warning disable CA1031 // A silo lives on whatever happens to one grain; another may have more luck with it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                settings.Log($"'{running.Grain.Title}' of {running.View.Plan.Id} ended unexpectedly: {failure}");
                // Whatever it was, it is not to be met over and over as fast as messages go round.
                await Task.Delay(s_patience, settings.Clock, CancellationToken.None).ConfigureAwait(false);
                return GiveBack(running, telling, "internal");
            }
        }
    }

    private TellingObserver TellOf(RunningGrain running) => new(running.Work, settings.Id, broker.Tell, running.View.Observer, settings.Clock);

    private Func<IWorkDelivery, Task> After(RunningGrain running, GrainTurn turn, TellingObserver telling)
    {
        switch (turn.End)
        {
            case TurnEnd.Ended:
                if (turn.Outcome!.State == GrainState.Done)
                    _respite.End();
                telling.Ended(running.Grain, turn.Outcome!);
                return held => _settlements.ConcludeAsync(new TakenGrain(running.View, running.Grain, held), turn.Outcome!, damaged: false);
            case TurnEnd.Elsewhere:
                telling.Returned(running.Grain, null);
                return held =>
                {
                    PutAside(new TakenGrain(running.View, running.Grain, held), tooLarge: false);
                    return Task.CompletedTask;
                };
            case TurnEnd.Again when turn.Trouble is { } trouble:
                _respite.Begin(trouble, isShort: false);
                return GiveBack(running, telling, "disk");
            case TurnEnd.Again:
                return GiveBack(running, telling, "transient");
            default:
                return GiveBack(running, telling, null);
        }
    }

    private Func<IWorkDelivery, Task> GiveBack(RunningGrain running, TellingObserver telling, string? cause)
    {
        telling.Returned(running.Grain, cause);
        return held => _settlements.MoveAsync(new TakenGrain(running.View, running.Grain, held));
    }

    private async Task<bool> IsToMoveAsync(SetAside aside, CancellationToken cancellation)
    {
        if (_handBack.IsCancellationRequested || !views.Has(aside.Taken.View) || settings.Clock.GetElapsedTime(aside.Since) > settings.Segment)
            return true;
        if (aside.TooLarge)
            return settings.Clock.GetElapsedTime(aside.Since) > settings.Beacon;
        GrainKey key = aside.Taken.Grain.Key;
        if (_running.ContainsKey(key))
            return false;
        try
        {
            GrainClaim? claim = await runner.Records.FindClaimAsync(key, cancellation).ConfigureAwait(false);
            return claim is null || runner.Records.IsFree(key, claim, settings.Clock);
        }
        catch (SpatialClusterException damage) when (damage is not StoreFailedException)
        {
            // Whoever takes the grain next says so.
            return true;
        }
    }

    private async Task<bool> IsClaimedAsync(GrainKey key)
    {
        try
        {
            return await runner.Records.FindClaimAsync(key, _settlements.Ended).ConfigureAwait(false) is { } claim && !runner.Records.IsFree(key, claim, settings.Clock);
        }
        catch (Exception unknown) when (unknown is SpatialClusterException or OperationCanceledException)
        {
            return unknown is StoreFailedException or OperationCanceledException;
        }
    }

    private async Task AbandonAsync(RunningGrain running)
    {
        try
        {
            await runner.AbandonAsync(running.Grain.Key).ConfigureAwait(false);
            if (running.Delivery is { } held)
                await GiveBack(running, TellOf(running), "returned")(held).ConfigureAwait(false);
        }
        catch (SpatialClusterException)
        {
            // The message comes again when the connection ends.
        }
    }
}
