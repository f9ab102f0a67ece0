using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>
/// A silo on a broker: takes ready grains for its idle devices, one campaign after the other, runs them, and tells which grains
/// became ready. Everything that makes a grain done exactly once is in the runner and the store; a message may come twice.
/// </summary>
public sealed class RabbitSilo : ISiloEngine
{
    private static readonly TimeSpan s_counting = TimeSpan.FromSeconds(10);

    // Requests are made again and again before they fail; long before that somebody may want to know.
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_lastWord = TimeSpan.FromSeconds(0.5);

    private readonly GrainRunner _runner;
    private readonly IWorkBroker _broker;
    private readonly SiloRegistry _registry;
    private readonly SiloSettings _settings;
    private readonly CampaignViews _views;
    private readonly GrainTurns _turns;
    private readonly OtherSilos _others;
    private readonly DeviceFiller _filler;
    private readonly Signal _wake;
    private readonly Signal _look;
    private readonly Signal _tend;
    private readonly IDisposable _listening;
    private readonly CancellationTokenSource _ended = new();
    private readonly DateTimeOffset _started;
    private volatile bool _draining;
    private volatile bool _left;
    private volatile bool _asking;
    private string? _unsaid;
    private bool _wasAway;
    private long _asked;
    private long _said;
    private long _counted;

    /// <summary>Makes a silo; it takes nothing until it runs.</summary>
    /// <param name="runner">Runs a grain.</param>
    /// <param name="campaigns">The campaigns of the store.</param>
    /// <param name="broker">The broker; it remains its maker's.</param>
    /// <param name="scope">The store's identity, of which queues are named.</param>
    /// <param name="settings">What the silo is.</param>
    /// <param name="observe">Makes who is told what goes on here with a campaign; disposed, where that can be, when the campaign has ended.</param>
    public RabbitSilo(GrainRunner runner, CampaignStore campaigns, IWorkBroker broker, string scope, SiloSettings settings, Func<CampaignPlan, IGrainObserver> observe)
    {
        (_runner, _broker, _settings) = (runner, broker, settings);
        _registry = new SiloRegistry(runner.Records);
        _wake = new Signal(settings.Clock);
        _look = new Signal(settings.Clock);
        _tend = new Signal(settings.Clock);
        _started = settings.Clock.GetUtcNow();
        var publisher = new GrainPublisher(broker, campaigns, settings.Id);
        _views = new CampaignViews(campaigns, runner.Records, broker, publisher, scope, settings, observe);
        _turns = new GrainTurns(runner, broker, publisher, _views, settings, _wake);
        _others = new OtherSilos(_registry, settings);
        _filler = new DeviceFiller(_views, _turns, new Intake(_views, broker, runner.Codes, settings.Clock), _others, settings);
        _listening = broker.Listen(Hear);
    }

    /// <inheritdoc/>
    public string Name => "rabbitmq";

    /// <inheritdoc/>
    public bool IsReady => Trouble is null;

    /// <inheritdoc/>
    public string? Trouble => this switch
    {
        { _left: true } => "The silo has left.",
        { _draining: true } => "The silo drains and takes no grains.",
        { _broker.IsConnected: false } => $"There is no connection to the broker {_broker.Location}; it is tried again.",
        { _asking: true } when _settings.Clock.GetElapsedTime(_asked) >= s_silence =>
            $"The store {_runner.Records.Store.Location} does not answer; it is asked again and again.",
        _ => _turns.Trouble,
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<Lane, long> Waiting { get; private set; } = new Dictionary<Lane, long>();

    /// <inheritdoc/>
    public SiloBeacon Beacon
    {
        get
        {
            RunningGrain[] running = [.. _turns.Running];
            return new SiloBeacon
            {
                Id = _settings.Id,
                Machine = Environment.MachineName,
                Program = _settings.Program,
                Engine = Name,
                State = State,
                Started = _started,
                Said = _settings.Clock.GetUtcNow(),
                MemoryLimit = _settings.MemoryLimit,
                Address = _settings.Address(),
                Codes = [.. _runner.Codes.Order(StringComparer.Ordinal)],
                Devices = [.. _settings.Devices.Select(device => running.FirstOrDefault(r => r.Device == device)?.Work.Report() ?? DeviceReport.Idle(device))],
            };
        }
    }

    private SiloState State => this switch
    {
        { _left: true } => SiloState.Left,
        { _draining: false } => SiloState.Ready,
        _ => _turns.Idle ? SiloState.Drained : SiloState.Draining,
    };

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        var stopped = new TaskCompletionSource();
        using (stop.Register(() => stopped.TrySetResult()))
        {
            Task watching = WatchAsync();
            Task tending = TendAsync();
            Task taking = TakeAsync();
            await Task.WhenAny(stopped.Task, watching, tending, taking).ConfigureAwait(false);
            _draining = true;
            _filler.Stop();
            await _turns.HandBackAsync(_settings.Grace).ConfigureAwait(false);
            _left = true;
            _ended.Cancel();
            _wake.Set();
            _look.Set();
            _tend.Set();
            await Task.WhenAll(watching, tending, taking).ConfigureAwait(false);
        }

        // A store that does not answer must not keep the process: whoever is silent is taken for gone anyway.
        using (var over = new CancellationTokenSource(s_lastWord, _settings.Clock))
        {
            try
            {
                await SayAsync(over.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _settings.Log("The store did not take the last word of the silo.");
            }
        }

        _broker.Tell(new ClusterEvent(ClusterEventKind.Silo, "", _settings.Id) { Text = "left" });
    }

    /// <inheritdoc/>
    public void Drain()
    {
        if (_draining)
            return;
        _draining = true;
        _filler.Stop();
        _ = DrainAsync();
        SaySoon();
        _broker.Tell(new ClusterEvent(ClusterEventKind.Silo, "", _settings.Id) { Text = "draining" });
    }

    /// <inheritdoc/>
    public IDisposable Listen(Action<ClusterEvent> heard) => _broker.Listen(heard);

    /// <inheritdoc/>
    public void TellCancelled(string campaign) => _broker.Tell(new ClusterEvent(ClusterEventKind.CampaignCancelled, campaign, _settings.Id));

    /// <summary>Ends listening.</summary>
    /// <returns>When it has ended.</returns>
    public ValueTask DisposeAsync()
    {
        _listening.Dispose();
        _ended.Cancel();
        _turns.Dispose();
        _views.Dispose();
        _ended.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task DrainAsync()
    {
        await _turns.HandBackAsync(null).ConfigureAwait(false);
        // Whoever waits to stop the process is told at once.
        SaySoon();
    }

    private void SaySoon()
    {
        _said = 0;
        _look.Set();
    }

    private void Hear(ClusterEvent happened)
    {
        switch (happened.Kind)
        {
            case ClusterEventKind.Work:
                if (_views.All.All(v => v.Plan.Id != happened.Campaign))
                    _look.Set();
                _wake.Set();
                break;
            case ClusterEventKind.CampaignCancelled or ClusterEventKind.CampaignEnded:
                _look.Set();
                _tend.Set();
                break;
        }
    }

    private async Task TakeAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            bool took = false;
            try
            {
                if (IsReady)
                    took = await _filler.FillAsync(_ended.Token).ConfigureAwait(false);
            }
            catch (SpatialClusterException away) when (away is BrokerFailedException or StoreFailedException)
            {
                // The next round finds it back, or not.
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (!took)
                await _wake.WaitAsync(_settings.Poll, _ended.Token).ConfigureAwait(false);
        }
    }

    private async Task WatchAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                _asked = _settings.Clock.GetTimestamp();
                _asking = true;
                await LookAsync().ConfigureAwait(false);
                _turns.StoreTrouble = _unsaid;
            }
            catch (StoreFailedException failure)
            {
                _turns.StoreTrouble = failure.Message;
                _wasAway = true;
            }
            catch (BrokerFailedException)
            {
                // The next round finds it back, or not.
            }
            catch (SpatialClusterException damage)
            {
                _settings.Log($"What the store holds cannot be read: {damage.Message}");
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // A silo goes on watching, whatever it meets.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                _settings.Log($"A look at the store ended unexpectedly: {failure}");
            }

            _asking = false;
            await _look.WaitAsync(_settings.Watch, _ended.Token).ConfigureAwait(false);
        }
    }

    // To look through a campaign of thousands of grains takes its time; whoever waits for a sign of life, a drain or a cancellation does not wait for that.
    private async Task TendAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            foreach (CampaignView view in _views.All)
                await TryAsync($"The campaign {view.Plan.Id} cannot be followed", () => SeeToAsync(view)).ConfigureAwait(false);
            if (_counted == 0 || _settings.Clock.GetElapsedTime(_counted) >= s_counting)
                await TryAsync("What waits cannot be counted", () => CountAsync(_ended.Token)).ConfigureAwait(false);
            await _tend.WaitAsync(_settings.Watch, _ended.Token).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(string complaint, Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (StoreFailedException failure)
        {
            _turns.StoreTrouble = failure.Message;
        }
        catch (Exception away) when (away is BrokerFailedException or OperationCanceledException)
        {
            // The next round finds it back, or there is none.
        }
        catch (SpatialClusterException damage)
        {
            // Other campaigns have nothing to do with it.
            _settings.Log($"{complaint}: {damage.Message}");
        }
#pragma warning disable CA1031 // Nor with anything else.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _settings.Log($"{complaint}: {failure}");
        }
    }

    private async Task LookAsync()
    {
        CancellationToken ended = _ended.Token;
        if (!_draining && await _registry.IsAskedToDrainAsync(_settings.Id, ended).ConfigureAwait(false))
            Drain();
        if (_said == 0 || _settings.Clock.GetElapsedTime(_said) >= _settings.Beacon)
            await SayAsync(ended).ConfigureAwait(false);
        // What follows may take its time with a store that answers.
        _asking = false;
        if (_wasAway || _settings.Clock.GetElapsedTime(_asked) >= s_silence)
        {
            // Those who work could not say so either: nothing of theirs is taken for lost before they had the time to.
            foreach (CampaignView view in _views.All)
                view.LastEnd = _settings.Clock.GetTimestamp();
            _wasAway = false;
        }

        await _turns.LookAfterAsync(ended).ConfigureAwait(false);
        int known = _views.All.Count;
        await _views.RefreshAsync(ended).ConfigureAwait(false);
        if (_views.All.Count > known)
            _wake.Set();
    }

    private async Task SeeToAsync(CampaignView view)
    {
        if (view.NearEnd && _settings.Clock.GetTimestamp() >= view.NextLook)
            await _views.FinishAsync(view, _ended.Token).ConfigureAwait(false);
        if (!view.HasLeft)
            await _views.MendAsync(view, _ended.Token).ConfigureAwait(false);
    }

    private async Task SayAsync(CancellationToken cancellation)
    {
        try
        {
            await _registry.SayAsync(Beacon, cancellation).ConfigureAwait(false);
            _said = _settings.Clock.GetTimestamp();
            _unsaid = null;
        }
        catch (StoreFailedException failure)
        {
            _turns.StoreTrouble = _unsaid = failure.Message;
        }
    }

    private async Task CountAsync(CancellationToken cancellation)
    {
        _counted = _settings.Clock.GetTimestamp();
        await _others.LookAsync(cancellation).ConfigureAwait(false);
        var waiting = new Dictionary<Lane, long>();
        foreach (GrainQueue queue in _views.All.SelectMany(v => v.Queues))
            waiting[queue.Lane] = waiting.GetValueOrDefault(queue.Lane) + await CountAsync(queue, cancellation).ConfigureAwait(false);
        Waiting = waiting;
    }

    private async Task<long> CountAsync(GrainQueue queue, CancellationToken cancellation)
    {
        try
        {
            return await _broker.WaitingAsync(queue.Name, cancellation).ConfigureAwait(false) ?? 0;
        }
        catch (BrokerFailedException) when (_broker.IsConnected)
        {
            // The others are counted all the same.
            return 0;
        }
    }
}
