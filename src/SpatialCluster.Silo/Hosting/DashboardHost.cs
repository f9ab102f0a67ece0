using Microsoft.Extensions.Logging;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Hosting;

/// <summary>A dashboard without a silo: it shows a store and changes nothing.</summary>
public static partial class DashboardHost
{
    /// <summary>Serves the dashboard until it is stopped.</summary>
    /// <param name="options">What it is started with.</param>
    /// <param name="stop">Stops it.</param>
    /// <returns>When it has stopped.</returns>
    /// <exception cref="SpatialClusterException">It cannot start.</exception>
    public static async Task RunAsync(DashboardHostOptions options, CancellationToken stop)
    {
        SiloTelemetry telemetry = SiloTelemetry.Start(options.Telemetry, options.Log);
        await using (telemetry.ConfigureAwait(false))
        {
            IArtifactStore store = StoreMeasurements.Measure(options.Store);
            var records = new GrainRecords(new ContentStore(store));
            var parts = new SiloWebParts
            {
                Ailing = _ => Task.FromResult<string?>(null),
                Trouble = cancellation => TroubleAsync(records, cancellation),
                Metrics = telemetry.Metrics,
                Routes = options.Dashboard?.Invoke(records, null),
            };
            SiloWebHost web = await SiloWebHost.StartAsync(options.Web, parts, telemetry.Logs, stop).ConfigureAwait(false);
            await using (web.ConfigureAwait(false))
            {
                ILogger logger = telemetry.Logs.CreateLogger("SpatialCluster.Dashboard");
                (string location, string urls) = (store.Location, string.Join(", ", web.Urls));
                LogListens(logger, options.Telemetry.Version, location, urls);
                await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async Task<string?> TroubleAsync(GrainRecords records, CancellationToken cancellation)
    {
        try
        {
            await GrainRecords.Guard(records.Store.FindAsync(StoreLayout.Identity, cancellation)).ConfigureAwait(false);
            return null;
        }
        catch (SpatialClusterException failure)
        {
            return failure.Message;
        }
    }
}
