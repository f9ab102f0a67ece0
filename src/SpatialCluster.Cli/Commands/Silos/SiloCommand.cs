using System.CommandLine;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Silo.Hosting;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Cli.Commands.Silos;

/// <summary>Runs a silo, and looks after those there are.</summary>
internal sealed class SiloCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly SiloOptionSet _silo;
    private readonly BrokerOptionSet _broker;
    private readonly MembershipOptionSet _membership;
    private readonly StoreOptionSet _store;
    private readonly HttpOptionSet _http;
    private readonly DataRootOptionSet _roots;
    private readonly TelemetryOptionSet _telemetry;

    public SiloCommand(CommandContext context)
        : base("silo", "Runs a silo: it takes grains of all campaigns from the cluster and runs them on this machine until it is stopped. Ctrl-C or SIGTERM has it give its grains back; a second one ends it at once.")
    {
        _context = context;
        Subcommands.Add(new SiloListCommand(context));
        Subcommands.Add(new SiloDrainCommand(context));
        _silo = Add(new SiloOptionSet());
        _broker = Add(new BrokerOptionSet());
        _membership = new MembershipOptionSet(ofASilo: true);
        if (OrleansParts.Built)
            Add(_membership);
        _store = Add(new StoreOptionSet());
        _http = Add(new HttpOptionSet(mayBeNone: true));
        _roots = Add(new DataRootOptionSet());
        _telemetry = Add(new TelemetryOptionSet());
        SetAction(RunAsync);
    }

    public override IReadOnlyList<string> Examples { get; } =
    [
        "spatialcluster silo --broker amqp://broker.example:5672/ --store /mnt/results --slots 2",
        "spatialcluster silo --broker amqps://broker.example/lab --broker-credentials broker.txt --broker-ca ca.pem \\\n    --store /mnt/results --http *:8787 --http-certificate silo.pem --api-token-file token.txt",
        "spatialcluster silo --store /mnt/results --http none --otlp http://collector.example:4318 --log-format json",
    ];

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        string engine = _silo.Engine(result);
        if (engine == OrleansParts.Name)
            OrleansParts.Require();
        ClusterMembership? membership = engine == OrleansParts.Name ? _membership.Read(result) : null;
        if (membership is not null && _broker.Heartbeat(result) is { } heartbeat)
            membership = membership with { Heartbeat = heartbeat };
        BrokerOptions? broker = engine == OrleansParts.Name ? null : _broker.Read(result);
        ApiToken? token = _http.Token(result);
        StoreCredentials credentials = _store.Credentials(result);
        var redaction = new SecretRedaction([token?.Secret, broker?.Secret, .. membership?.Secrets ?? [], .. credentials.Secrets]);
        string id = _silo.Id(result);
        SiloDevices devices = _silo.Devices(result);
        SiloWebOptions? web = _http.Read(result, token, redaction, _context.Clock);
        TelemetryOptions telemetry = _telemetry.Read(result, "spatialcluster-silo", id, redaction, _context.Clock);
        var runner = _silo.Runner(result, _context.Clock);
        (TimeSpan segment, TimeSpan grace) = (_silo.Segment(result), _silo.Grace(result));
        IArtifactStore store = ArtifactStores.Open(_store.Location(result), create: true, credentials);
        using var closing = store as IDisposable;
        var options = new SiloHostOptions
        {
            Engine = engine,
            Id = id,
            Program = ProductVersion.Text,
            Store = store,
            Broker = broker,
            Membership = membership,
            Devices = devices,
            MemoryLimit = _silo.Memory(result),
            Segment = segment,
            Grace = grace,
            Runner = runner,
            Web = web,
            Roots = _roots.Read(result),
            Telemetry = telemetry,
            Log = _context.Error,
            Engines = _context.Engines,
            Dashboard = _context.Dashboard,
        };
        try
        {
            await SiloHost.RunAsync(options, _context.Cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_context.Cancellation.IsCancellationRequested)
        {
            // Stopped while it started: it had taken nothing.
        }

        return ExitCode.Done;
    }
}
