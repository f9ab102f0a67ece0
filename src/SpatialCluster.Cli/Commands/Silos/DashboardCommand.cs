using System.CommandLine;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Silo.Hosting;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Cli.Commands.Silos;

/// <summary>Shows a store in a browser.</summary>
internal sealed class DashboardCommand : ExplainedCommand
{
    private readonly CommandContext _context;
    private readonly StoreOptionSet _store;
    private readonly HttpOptionSet _http;
    private readonly TelemetryOptionSet _telemetry;

    public DashboardCommand(CommandContext context)
        : base("dashboard", "Shows the campaigns, runs and silos of a store in a browser, until it is stopped. It changes nothing and needs no broker.")
    {
        _context = context;
        _store = Add(new StoreOptionSet());
        _http = Add(new HttpOptionSet(mayBeNone: false));
        _telemetry = Add(new TelemetryOptionSet());
        SetAction(RunAsync);
    }

    public override IReadOnlyList<string> Examples { get; } = ["spatialcluster dashboard --store results", "spatialcluster dashboard --store /mnt/results --http 127.0.0.1:0"];

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellation)
    {
        ApiToken? token = _http.Token(result);
        StoreCredentials credentials = _store.Credentials(result);
        var redaction = new SecretRedaction([token?.Secret, .. credentials.Secrets]);
        SiloWebOptions web = _http.Read(result, token, redaction, _context.Clock) ?? throw new BadInputException("A dashboard listens for browsers; give an address with --http.");
        TelemetryOptions telemetry = _telemetry.Read(result, "spatialcluster-dashboard", SiloId.New(null), redaction, _context.Clock);
        IArtifactStore store = ArtifactStores.Open(_store.Location(result), create: false, credentials);
        using var closing = store as IDisposable;
        try
        {
            await DashboardHost.RunAsync(new DashboardHostOptions { Store = store, Web = web, Telemetry = telemetry, Log = _context.Error, Dashboard = _context.Dashboard }, _context.Cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_context.Cancellation.IsCancellationRequested)
        {
            // Stopped while it started.
        }

        return ExitCode.Done;
    }
}
