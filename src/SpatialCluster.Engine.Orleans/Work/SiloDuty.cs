using Microsoft.Extensions.Hosting;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.Orleans.Grains;

namespace SpatialCluster.Engine.Orleans.Work;

/// <summary>What a silo does all the time: reports its devices to the lanes, says in the store what it does, and sees to campaigns whose grain was on a silo that is gone.</summary>
internal sealed class SiloDuty(Workshop shop, EventTeller events, IGrainFactory grains, GrainRunner runner, CampaignStore campaigns, OrleansSiloSettings settings) : IHostedService, IDisposable
{
    private static readonly TimeSpan s_tend = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_memory = TimeSpan.FromDays(1);

    private readonly SiloRegistry _registry = new(runner.Records);
    private readonly DateTimeOffset _started = settings.Clock.GetUtcNow();
    private readonly CancellationTokenSource _ended = new();
    private readonly Signal _look = new(settings.Clock);
    private Task _loops = Task.CompletedTask;
    private volatile bool _joined;
    private volatile bool _draining;
    private volatile bool _left;
    private long _said;
    private long _tended;

    /// <summary>Why it takes no grains; null where it does.</summary>
    public string? Trouble => this switch
    {
        { _left: true } => "The silo has left.",
        { _draining: true } => "The silo drains and takes no grains.",
        { _joined: false } => "The silo has not joined its cluster yet.",
        _ => shop.Trouble,
    };

    /// <summary>Grains that wait, by lane, as the lanes said last.</summary>
    public IReadOnlyDictionary<Lane, long> Waiting { get; private set; } = new Dictionary<Lane, long>();

    /// <summary>What the silo does now.</summary>
    public SiloBeacon Beacon => new()
    {
        Id = settings.Id,
        Machine = Environment.MachineName,
        Program = settings.Program,
        Engine = "orleans",
        State = _left ? SiloState.Left : !_draining ? SiloState.Ready : shop.Pieces.Count == 0 ? SiloState.Drained : SiloState.Draining,
        Started = _started,
        Said = settings.Clock.GetUtcNow(),
        MemoryLimit = settings.MemoryLimit,
        Address = settings.Address(),
        Codes = [.. runner.Codes.Order(StringComparer.Ordinal)],
        Devices = shop.Devices(),
    };

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _joined = true;
        _loops = Task.WhenAll(events.RunAsync(), Task.Run(ReportAsync, CancellationToken.None), Task.Run(WatchAsync, CancellationToken.None));
        return Task.CompletedTask;
    }

    /// <summary>Gives everything back, and takes no more.</summary>
    public void Drain()
    {
        if (_draining)
            return;
        _draining = true;
        _ = DrainAsync();
        _look.Set();
        events.Tell(new ClusterEvent(ClusterEventKind.Silo, "", settings.Id) { Text = "draining" });
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_left)
            return;
        _draining = true;
        await shop.StopAsync(settings.Grace).ConfigureAwait(false);
        // The lanes give its grains to others at once.
        Task farewell = Task.WhenAll(TryAsync(ReportOnceAsync), TryAsync(SayLeftAsync));
        await farewell.WaitAsync(s_farewell, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        events.Tell(new ClusterEvent(ClusterEventKind.Silo, "", settings.Id) { Text = "left" });
        await _ended.CancelAsync().ConfigureAwait(false);
        events.Dispose();
        shop.Freed.Set();
        _look.Set();
        await _loops.WaitAsync(s_farewell, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Has the campaign's grain look at the store.</summary>
    public void Tend(string campaign) => _ = TryAsync(() => grains.GetGrain<ICampaignGrain>(campaign).TendAsync());

    public void Dispose() => _ended.Dispose();

    private Task SayLeftAsync()
    {
        _left = true;
        return _registry.SayAsync(Beacon);
    }

    private async Task DrainAsync()
    {
        await shop.StopAsync(null).ConfigureAwait(false);
        // Whoever waits to stop the process is told at once.
        _said = 0;
        _look.Set();
    }

    private async Task ReportAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            await TryAsync(ReportOnceAsync).ConfigureAwait(false);
            await shop.Freed.WaitAsync(settings.Watch, _ended.Token).ConfigureAwait(false);
        }
    }

    private async Task ReportOnceAsync()
    {
        var waiting = new Dictionary<Lane, long>();
        foreach (Lane lane in settings.Devices.Select(d => d.Lane).Distinct())
            waiting[lane] = await grains.GetGrain<ILaneGrain>(lane.ToString().ToLowerInvariant()).ReportAsync(shop.Report(lane)).ConfigureAwait(false);
        Waiting = waiting;
    }

    private async Task WatchAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await LookAsync().ConfigureAwait(false);
                shop.StoreTrouble = null;
            }
            catch (StoreFailedException failure)
            {
                shop.StoreTrouble = failure.Message;
            }
#pragma warning disable CA1031 // A silo goes on watching, whatever it meets.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                settings.Log($"A look at the store ended unexpectedly: {failure.Message}");
            }

            await _look.WaitAsync(settings.Watch, _ended.Token).ConfigureAwait(false);
        }
    }

    private async Task LookAsync()
    {
        if (!_draining && await _registry.IsAskedToDrainAsync(settings.Id).ConfigureAwait(false))
            Drain();
        if (_said == 0 || settings.Clock.GetElapsedTime(_said) >= settings.Beacon)
        {
            await _registry.SayAsync(Beacon).ConfigureAwait(false);
            _said = settings.Clock.GetTimestamp();
        }

        HashSet<string> active = (await campaigns.ActiveAsync().ConfigureAwait(false)).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        shop.Shelf.Keep(active);
        if (_tended != 0 && settings.Clock.GetElapsedTime(_tended) < s_tend)
            return;
        _tended = settings.Clock.GetTimestamp();
        foreach (string campaign in active)
            Tend(campaign);
        await _registry.ForgetAsync(settings.Clock.GetUtcNow() - s_memory).ConfigureAwait(false);
    }

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The cluster or the store may be away for a time; both are asked again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            if (!_ended.IsCancellationRequested)
                settings.Log($"The cluster does not answer: {failure.Message}");
        }
    }
}
