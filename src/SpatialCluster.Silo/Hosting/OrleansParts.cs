using Microsoft.Extensions.Logging;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
#if ORLEANS
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Engine.Orleans.Hosting;
using SpatialCluster.Engine.Orleans.Work;
#endif

namespace SpatialCluster.Silo.Hosting;

/// <summary>The engine on Microsoft Orleans, where this build has it: its packages are not served everywhere.</summary>
public static class OrleansParts
{
    /// <summary>The engine's name.</summary>
    public const string Name = "orleans";

#if ORLEANS
    /// <summary>Whether this build has it.</summary>
    public static bool Built => true;

    /// <summary>Throws where this build does not have it.</summary>
    public static void Require()
    {
    }

    /// <summary>Makes the engine of a silo.</summary>
    /// <param name="request">From what.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The engine; it joins its cluster when it runs.</returns>
    /// <exception cref="BadInputException">It is not said how silos find one another.</exception>
    public static async Task<SiloEngineParts> CreateAsync(SiloEngineRequest request, CancellationToken cancellation)
    {
        ClusterMembership membership = request.Membership ?? throw new BadInputException("The engine 'orleans' has to know how silos find one another; give --membership.");
        ILogger logger = request.Logs.CreateLogger("SpatialCluster.Engine.Orleans");
        ILogger grains = request.Logs.CreateLogger("SpatialCluster.Grains");
        string scope = await GrainRecords.Guard(StoreIdentity.OfAsync(request.Records.Store, cancellation)).ConfigureAwait(false);
        var settings = new OrleansSiloSettings
        {
            Id = request.Id,
            Program = request.Program,
            Devices = request.Devices,
            MemoryLimit = request.MemoryLimit,
            Address = request.Address,
            Grace = request.Grace,
            Log = logger.Tell,
            Clock = request.Runner.Clock,
        };
        var runner = new GrainRunner(request.Records, request.Works, request.Runner);
        var silo = new OrleansSilo(runner, membership, scope, settings, request.Logs, plan => new TelemetryObserver(plan.Id, new GrainLog(grains, plan.Id)));
        var campaigns = new CampaignStore(request.Records);
        return new SiloEngineParts(silo, async (planned, document, stop) =>
        {
            await campaigns.SubmitAsync(planned.Plan, planned.Specs, document, stop).ConfigureAwait(false);
            await silo.SubmitAsync(planned.Plan, stop).ConfigureAwait(false);
        });
    }

    /// <summary>Makes the engine of one who submits campaigns and follows them.</summary>
    /// <param name="membership">How silos are found.</param>
    /// <param name="records">The store.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logs">Makes loggers.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The engine, connected.</returns>
    /// <exception cref="SpatialClusterException">No silo can be reached.</exception>
    public static async Task<IGrainEngine> ConnectAsync(ClusterMembership membership, GrainRecords records, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        string scope = await GrainRecords.Guard(StoreIdentity.OfAsync(records.Store, cancellation)).ConfigureAwait(false);
        return await OrleansEngine.ConnectAsync(membership, scope, records, clock, logs, cancellation).ConfigureAwait(false);
    }
#else
    /// <summary>Whether this build has it.</summary>
    public static bool Built => false;

    /// <summary>Throws where this build does not have it.</summary>
    /// <exception cref="BadInputException">It does not.</exception>
    public static void Require() => throw Missing();

    /// <summary>Refuses.</summary>
    /// <param name="request">From what.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Never.</returns>
    /// <exception cref="BadInputException">This build does not have the engine.</exception>
    public static Task<SiloEngineParts> CreateAsync(SiloEngineRequest request, CancellationToken cancellation) => throw Missing();

    /// <summary>Refuses.</summary>
    /// <param name="membership">How silos are found.</param>
    /// <param name="records">The store.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="logs">Makes loggers.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Never.</returns>
    /// <exception cref="BadInputException">This build does not have the engine.</exception>
    public static Task<IGrainEngine> ConnectAsync(ClusterMembership membership, GrainRecords records, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellation) => throw Missing();

    private static BadInputException Missing() => new("This build has no engine 'orleans': where it was built, the packages of Microsoft.Orleans could not be had; docs/orleans.md tells how to switch it on.");
#endif
}
