using Orleans.Concurrency;

namespace SpatialCluster.Engine.Orleans.Grains;

/// <summary>A campaign: knows what is ready, offers it to the lanes, and ends the campaign. Its key is the campaign's id.</summary>
[Alias("spatialcluster.campaign")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>Looks at the store and goes on: begins the campaign, takes up a cancellation, ends it. At any time, by anybody.</summary>
    /// <returns>What is wrong with the store; null where nothing is.</returns>
    [Alias("tend")]
    Task<string?> TendAsync();

    /// <summary>Some grains are said to have ended.</summary>
    /// <param name="grains">Their keys.</param>
    [Alias("ended")]
    Task EndedAsync(string[] grains);

    /// <summary>How the campaign stands; answers while anything else is under way.</summary>
    [AlwaysInterleave]
    [Alias("standing")]
    Task<CampaignStanding> StandingAsync();
}

/// <summary>A lane of the cluster: what waits for a device of it, and which silo gets what. Its key is the lane's name.</summary>
[Alias("spatialcluster.lane")]
public interface ILaneGrain : IGrainWithStringKey
{
    /// <summary>Offers what is ready; what is known already stays as it is.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="orders">What to do.</param>
    /// <returns>Unlike that of every other activation: whoever sees another offers again.</returns>
    [Alias("offer")]
    Task<Guid> OfferAsync(string campaign, WorkOrder[] orders);

    /// <summary>Takes back everything that a campaign offered; what only it wants stops.</summary>
    /// <param name="campaign">The campaign.</param>
    [Alias("withdraw")]
    Task WithdrawAsync(string campaign);

    /// <summary>A silo says what it could take.</summary>
    /// <param name="report">What it says.</param>
    /// <returns>How many grains wait.</returns>
    [Alias("report")]
    Task<long> ReportAsync(SiloReport report);

    /// <summary>The work on a grain has ended.</summary>
    /// <param name="grain">Its key.</param>
    /// <param name="end">How.</param>
    [Alias("ended")]
    Task EndedAsync(string grain, WorkEnd end);

    /// <summary>The activation's own mark, as <see cref="OfferAsync"/> returns it.</summary>
    [AlwaysInterleave]
    [Alias("mark")]
    Task<Guid> MarkAsync();
}

/// <summary>The work on one grain of a plan, of which there is one in the whole cluster, however many campaigns want it. Its key is the grain's.</summary>
public interface IWorkGrain : IGrainWithStringKey
{
    /// <summary>Begins on this silo, unless it is under way; returns at once.</summary>
    /// <param name="order">What to do.</param>
    [Alias("begin")]
    Task<WorkAnswer> BeginAsync(WorkOrder order);

    /// <summary>Stops after the present epoch, with a checkpoint.</summary>
    [AlwaysInterleave]
    [Alias("stop")]
    Task StopAsync();

    /// <summary>How far it is; answers while devices are busy.</summary>
    [AlwaysInterleave]
    [Alias("standing")]
    Task<WorkStanding> StandingAsync();
}

/// <summary>A slice that is read or simulated.</summary>
[Alias("spatialcluster.slice")]
public interface ISliceGrain : IWorkGrain;

/// <summary>A modality of a slice that is preprocessed.</summary>
[Alias("spatialcluster.modality")]
public interface IModalityGrain : IWorkGrain;

/// <summary>A training run.</summary>
[Alias("spatialcluster.training-run")]
public interface ITrainingRunGrain : IWorkGrain;

/// <summary>Anything else that a plan holds: an evaluation, a report.</summary>
[Alias("spatialcluster.step")]
public interface IStepGrain : IWorkGrain;

/// <summary>Passes on what happens anywhere in the cluster. There is one.</summary>
[Alias("spatialcluster.events")]
public interface IEventsGrain : IGrainWithIntegerKey
{
    /// <summary>Listens, until it was not asked again for a minute.</summary>
    /// <param name="listener">Who.</param>
    [Alias("listen")]
    Task ListenAsync(IEventListener listener);

    /// <summary>Listens no more.</summary>
    /// <param name="listener">Who.</param>
    [Alias("leave")]
    Task LeaveAsync(IEventListener listener);

    /// <summary>Tells all listeners.</summary>
    /// <param name="events">Events as JSON.</param>
    [OneWay]
    [Alias("tell")]
    Task TellAsync(byte[][] events);
}

/// <summary>Listens to the cluster.</summary>
[Alias("spatialcluster.listener")]
public interface IEventListener : global::Orleans.IGrainObserver
{
    /// <summary>Hears.</summary>
    /// <param name="events">Events as JSON.</param>
    [OneWay]
    [Alias("hear")]
    Task HearAsync(byte[][] events);
}
