using Microsoft.Extensions.Logging;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Makes the engines that are built in.</summary>
public static class SiloEngineFactory
{
    private const string RabbitMq = "rabbitmq";

    /// <summary>Makes an engine; it takes nothing until it is run.</summary>
    /// <param name="request">Which, and from what.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The engine, connected.</returns>
    /// <exception cref="BadInputException">There is no such engine, or what it is to connect to refuses.</exception>
    public static Task<SiloEngineParts> CreateAsync(SiloEngineRequest request, CancellationToken cancellation) => request.Engine switch
    {
        RabbitMq => RabbitMqAsync(request, cancellation),
        OrleansParts.Name => OrleansParts.CreateAsync(request, cancellation),
        _ => throw new BadInputException($"There is no engine '{request.Engine}' for silos in this build; --engine knows {RabbitMq} and {OrleansParts.Name}."),
    };

    private static async Task<SiloEngineParts> RabbitMqAsync(SiloEngineRequest request, CancellationToken cancellation)
    {
        BrokerOptions options = request.Broker ?? throw new BadInputException($"The engine '{RabbitMq}' has to know its broker; give --broker.");
        ILogger logger = request.Logs.CreateLogger("SpatialCluster.Engine.RabbitMq");
        string scope = await GrainRecords.Guard(StoreIdentity.OfAsync(request.Records.Store, cancellation)).ConfigureAwait(false);
        var broker = new RabbitBroker(options, scope, logger.Tell);
        try
        {
            await broker.ConnectAsync(cancellation).ConfigureAwait(false);
        }
        catch (BrokerFailedException away)
        {
            // It is tried again and again, and until then the silo says that it is not ready.
            logger.Tell(away.Message);
        }
        catch
        {
            await broker.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        ILogger grains = request.Logs.CreateLogger("SpatialCluster.Grains");
        var campaigns = new CampaignStore(request.Records);
        var settings = new SiloSettings
        {
            Id = request.Id,
            Program = request.Program,
            Devices = request.Devices,
            MemoryLimit = request.MemoryLimit,
            Address = request.Address,
            Segment = request.Segment,
            Grace = request.Grace,
            Log = logger.Tell,
            Clock = request.Runner.Clock,
        };
        var runner = new GrainRunner(request.Records, request.Works, request.Runner);
        var silo = new RabbitSilo(runner, campaigns, broker, scope, settings, plan => new TelemetryObserver(plan.Id, new GrainLog(grains, plan.Id)));
        var engine = new RabbitMqEngine(broker, request.Records, scope, request.Runner.Clock);
        return new SiloEngineParts(
            silo,
            async (planned, document, stop) =>
            {
                await campaigns.SubmitAsync(planned.Plan, planned.Specs, document, stop).ConfigureAwait(false);
                await engine.SubmitAsync(planned.Plan, stop).ConfigureAwait(false);
            },
            broker);
    }
}
