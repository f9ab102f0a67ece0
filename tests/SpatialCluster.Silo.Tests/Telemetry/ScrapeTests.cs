using System.Diagnostics;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Servers;
using SpatialCluster.Silo.Telemetry;
using SpatialCluster.Silo.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace SpatialCluster.Silo.Tests.Telemetry;

[Collection(ProcessTelemetryCollection.Name)]
public sealed class ScrapeTests
{
    [SkippableFact]
    public async Task Metrics_ScrapedByPrometheus_HaveTheirValuesThere()
    {
        Skip.IfNot(PrometheusServer.Missing is null, PrometheusServer.Missing);
        await using SiloTelemetry telemetry = SiloTelemetry.Start(Options, TextWriter.Null);
        ClusterTelemetry.GrainsEnded.Add(41, new("kind", "scraped"), new("state", "done"));
        ClusterTelemetry.GrainDuration.Record(2, new("kind", "scraped"), new("device", "cpu:\"0\\"));
        await using SiloWebHost web = await SiloWebHost.StartAsync(
            new SiloWebOptions { Addresses = HttpAddress.ParseAll("127.0.0.1:0", "--http") },
            new SiloWebParts { Ailing = _ => Task.FromResult<string?>(null), Trouble = _ => Task.FromResult<string?>(null), Metrics = telemetry.Metrics },
            NullLoggerFactory.Instance,
            CancellationToken.None);
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(new Uri(web.Urls[0]).Authority);
        (await prometheus.ValueAsync("spatialcluster_grains_ended_total{kind=\"scraped\", state=\"done\", job=\"spatialcluster\"}")).ShouldBe(41);
        (await prometheus.ValueAsync("histogram_quantile(1, spatialcluster_grain_duration_seconds_bucket{kind=\"scraped\", device=\"cpu:\\\"0\\\\\"})")).ShouldBe(3, "the bucket of 1 to 3 seconds");
        (await prometheus.ValueAsync("sum(dotnet_process_memory_working_set_bytes)")).ShouldBeGreaterThan(1 << 20);
        (await prometheus.ValueAsync("count(http_server_request_duration_seconds_count{http_route=\"/metrics\"})")).ShouldBe(1);
        (await prometheus.ValueAsync("count(target_info{service_name=\"spatialcluster-silo\"})")).ShouldBe(1);
        (await prometheus.ValueAsync("up")).ShouldBe(1);
    }

    [SkippableFact]
    public async Task Metrics_OfAProcess_PleasePromtool()
    {
        Skip.If(PrometheusServer.Checker is null, "promtool is not installed (Debian's package prometheus).");
        await using SiloTelemetry telemetry = SiloTelemetry.Start(Options, TextWriter.Null);
        using IDisposable gauges = SiloGauges.Watch(new FakeSiloEngine());
        ClusterTelemetry.GrainsEnded.Add(1, new("kind", "checked"), new("state", "done"));
        ClusterTelemetry.StoreDuration.Record(0.1, new("operation", "put"), new("outcome", "done"));
        using Process checker = Process.Start(new ProcessStartInfo(PrometheusServer.Checker!, ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        await checker.StandardInput.WriteAsync(telemetry.Metrics());
        checker.StandardInput.Close();
        string[] told = [.. (await checker.StandardOutput.ReadToEndAsync() + await checker.StandardError.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        // Of the runtime's own names it may think what it likes, as long as it can read them: 3 is for style, 1 for what cannot be read.
        await checker.WaitForExitAsync();
        checker.ExitCode.ShouldBeOneOf(0, 3);
        told.Where(line => line.StartsWith("spatialcluster_", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static TelemetryOptions Options => new() { Service = "spatialcluster-silo", Instance = "silo-1", Version = "0.0" };
}
