using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.Orleans.Grains;
using SpatialCluster.Engine.Orleans.Work;

namespace SpatialCluster.Engine.Orleans.Hosting;

/// <summary>Has silos of Microsoft Orleans run a campaign, and follows it from wherever this process is. It works on no grain, and may end at any time: the silos go on.</summary>
public sealed class OrleansEngine : IGrainEngine
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_cancelling = TimeSpan.FromSeconds(20);

    private readonly IHost? _host;
    private readonly IGrainFactory _grains;
    private readonly GrainRecords _records;
    private readonly CampaignStore _campaigns;
    private readonly TimeProvider _clock;

    internal OrleansEngine(IGrainFactory grains, GrainRecords records, TimeProvider clock, IHost? host = null)
    {
        (_grains, _records, _clock, _host) = (grains, records, clock, host);
        _campaigns = new CampaignStore(records);
    }

    /// <inheritdoc/>
    public string Name => "orleans";

    /// <summary>Makes an engine that is a client of the cluster.</summary>
    /// <param name="membership">How it finds the silos.</param>
    /// <param name="scope">The store's identity, of which the cluster is named.</param>
    /// <param name="records">The store.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logs">Makes loggers.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The engine, connected.</returns>
    /// <exception cref="SpatialClusterException">No silo can be reached.</exception>
    public static async Task<OrleansEngine> ConnectAsync(ClusterMembership membership, string scope, GrainRecords records, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        IHost host = OrleansSetup.Client(membership, scope, logs, s_patience);
        try
        {
            await host.StartAsync(cancellation).ConfigureAwait(false);
            return new OrleansEngine(host.Services.GetRequiredService<IClusterClient>(), records, clock, host);
        }
#pragma warning disable CA1031 // Whatever a client of Orleans meets when it connects: there is no silo to speak to.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            host.Dispose();
            throw new SpatialClusterException(FailureKind.Transient, $"No silo of the Orleans cluster {scope} can be reached ({failure.Message}); start one with 'spatialcluster silo --engine orleans' on the same store and membership.", failure);
        }
    }

    /// <summary>Hands a campaign that is in the store over to the silos. One that they have already stays as it is.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="cancellation">Stops; handing it over again goes on.</param>
    /// <returns>When it is theirs.</returns>
    public Task SubmitAsync(CampaignPlan plan, CancellationToken cancellation) => HandOverAsync(plan, cancellation);

    /// <summary>How a campaign stands, as its grain knows it.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <returns>That, at once: nothing of it is asked of the store.</returns>
    public Task<CampaignStanding> StandingAsync(string campaign) => _grains.GetGrain<ICampaignGrain>(campaign).StandingAsync();

    /// <inheritdoc/>
    /// <remarks>Cancelling the token ends the following alone; <see cref="CampaignStore.CancelAsync"/> ends the campaign.</remarks>
    public async Task<CampaignOutcome> RunAsync(CampaignPlan plan, IGrainObserver observer, CancellationToken cancellation)
    {
        var follower = new CampaignFollower(plan, _records, observer, _clock);
        using var events = new EventTeller(_grains, _clock);
        using IDisposable listening = events.Listen(follower.Hear);
        _ = events.RunAsync();
        return await follower.RunAsync(await HandOverAsync(plan, cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
    }

    /// <summary>Leaves the cluster.</summary>
    /// <returns>When it is left.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        using var most = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _host.StopAsync(most.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _host.Dispose();
    }

    // What had ended before that; null where silos have the campaign already.
    private async Task<IReadOnlySet<GrainKey>?> HandOverAsync(CampaignPlan plan, CancellationToken cancellation)
    {
        ICampaignGrain campaign = _grains.GetGrain<ICampaignGrain>(plan.Id);
        await AwaitCancellationAsync(plan, campaign, cancellation).ConfigureAwait(false);
        CampaignHandover made = await CampaignHandover.MakeAsync(plan, _records, cancellation).ConfigureAwait(false);
        if (made.Active is not null)
            await TendAsync(campaign).ConfigureAwait(false);
        return made.Before;
    }

    // It makes things quick, and no more: silos look for campaigns that are active themselves.
    private static async Task TendAsync(ICampaignGrain campaign)
    {
        try
        {
            await campaign.TendAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031, RCS1075 // Whatever keeps a client of Orleans from its silos just now: a gateway that has left, a grain that is being placed anew.
        catch (Exception)
#pragma warning restore CA1031, RCS1075
        {
            // As above.
        }
    }

    // Its grain clears up after a campaign that was cancelled.
    private async Task AwaitCancellationAsync(CampaignPlan plan, ICampaignGrain campaign, CancellationToken cancellation)
    {
        long start = _clock.GetTimestamp();
        while (await CampaignHandover.FindAsync(plan, _campaigns, cancellation).ConfigureAwait(false) is not null && await _campaigns.IsCancelledAsync(plan.Id, cancellation).ConfigureAwait(false))
        {
            await TendAsync(campaign).ConfigureAwait(false);
            if (_clock.GetElapsedTime(start) > s_cancelling)
                throw new SpatialClusterException(FailureKind.Transient, $"The campaign {plan.Id} was cancelled, and no silo clears up after it; try again.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), _clock, cancellation).ConfigureAwait(false);
        }
    }
}
