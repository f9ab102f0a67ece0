using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.Orleans.Work;

namespace SpatialCluster.Engine.Orleans.Hosting;

/// <summary>A silo of Microsoft Orleans: it hosts the grains of campaigns, and gives its devices to the lanes.</summary>
public sealed class OrleansSilo : ISiloEngine
{
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(2);

    private readonly GrainRunner _runner;
    private readonly OrleansSiloSettings _settings;
    private readonly IHost _host;
    private readonly SiloDuty _duty;
    private readonly EventTeller _events;

    /// <summary>Makes a silo; it joins when it runs.</summary>
    /// <param name="runner">Runs a grain.</param>
    /// <param name="membership">How it finds the others.</param>
    /// <param name="scope">The store's identity, of which the cluster is named.</param>
    /// <param name="settings">What the silo is.</param>
    /// <param name="logs">Makes loggers.</param>
    /// <param name="observe">Makes who is told what goes on here with a campaign; disposed, where that can be, when the campaign has ended.</param>
    public OrleansSilo(GrainRunner runner, ClusterMembership membership, string scope, OrleansSiloSettings settings, ILoggerFactory logs, Func<CampaignPlan, IGrainObserver> observe)
    {
        (_runner, _settings) = (runner, settings);
        _host = OrleansSetup.Silo(membership, scope, settings.Id, logs, silo => silo.AddSpatialCluster(runner, settings, observe));
        _duty = _host.Services.GetRequiredService<SiloDuty>();
        _events = _host.Services.GetRequiredService<EventTeller>();
    }

    /// <inheritdoc/>
    public string Name => "orleans";

    /// <inheritdoc/>
    public bool IsReady => Trouble is null;

    /// <inheritdoc/>
    public string? Trouble => _duty.Trouble;

    /// <inheritdoc/>
    public IReadOnlyDictionary<Lane, long> Waiting => _duty.Waiting;

    /// <inheritdoc/>
    public SiloBeacon Beacon => _duty.Beacon;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await _host.StartAsync(stop).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever keeps a silo of Orleans from joining: a database that is away or has no tables, a port that is taken.
        catch (Exception failure) when (failure is not OperationCanceledException and not SpatialClusterException)
#pragma warning restore CA1031
        {
            throw new SpatialClusterException(FailureKind.Transient, $"The silo cannot join its cluster: {failure.GetBaseException().Message}; docs/orleans.md tells what the database must have.", failure);
        }

        var stopped = new TaskCompletionSource();
        using (stop.Register(() => stopped.TrySetResult()))
            await stopped.Task.ConfigureAwait(false);
        await _duty.StopAsync(CancellationToken.None).ConfigureAwait(false);
        using var farewell = new CancellationTokenSource(s_farewell);
        await _host.StopAsync(farewell.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Hands a campaign that is in the store over to the cluster. One that it has already stays as it is.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="cancellation">Stops; handing it over again goes on.</param>
    /// <returns>When it is handed over.</returns>
    public Task SubmitAsync(CampaignPlan plan, CancellationToken cancellation) =>
        new OrleansEngine(_host.Services.GetRequiredService<IGrainFactory>(), _runner.Records, _settings.Clock).SubmitAsync(plan, cancellation);

    /// <inheritdoc/>
    public void Drain() => _duty.Drain();

    /// <inheritdoc/>
    public IDisposable Listen(Action<ClusterEvent> heard) => _events.Listen(heard);

    /// <inheritdoc/>
    public void TellCancelled(string campaign)
    {
        _events.Tell(new ClusterEvent(ClusterEventKind.CampaignCancelled, campaign, _settings.Id));
        _duty.Tend(campaign);
    }

    /// <summary>Lets go of the host.</summary>
    /// <returns>When it is gone.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_host is IAsyncDisposable host)
            await host.DisposeAsync().ConfigureAwait(false);
    }
}
