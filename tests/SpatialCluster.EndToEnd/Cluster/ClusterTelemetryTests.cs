using System.Net;
using System.Text.RegularExpressions;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.EndToEnd.Architecture;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Servers;
using SpatialCluster.Silo.Tests.Telemetry;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>What real silos tell of themselves: to a collector, to Prometheus, to whoever reads their logs.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterTelemetryTests(ClusterServers servers)
{
    [SkippableFact]
    public async Task Collector_OfASilo_GetsSpansMetricsAndLogs()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        await using OtlpReceiver collector = await OtlpReceiver.StartAsync();
        SiloProcess silo = place.StartSilo("told", "--otlp", collector.Url, "--checkpoint-interval", "0");
        using CliProcess following = place.Submit();
        following.Finish().ShouldSucceed();
        silo.Signal("TERM");
        silo.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
        IReadOnlyList<string> spans = collector.Names("/v1/traces"), metrics = collector.Names("/v1/metrics"), logs = collector.Names("/v1/logs");
        spans.Distinct().ShouldBe(["campaign", "grain", "stage"], ignoreOrder: true);
        (await GrainsAsync(place)).ShouldBe(spans.Count(s => s == "grain"));
        metrics.ShouldContain("spatialcluster.grains.ended");
        metrics.ShouldContain("spatialcluster.grain.duration");
        metrics.ShouldContain("spatialcluster.training.epochs");
        metrics.ShouldContain("spatialcluster.checkpoint.duration");
        metrics.ShouldContain("spatialcluster.store.duration");
        logs.ShouldContain("Ready.");
        logs.Count(l => l.Contains(" is done after ", StringComparison.Ordinal)).ShouldBe(spans.Count(s => s == "grain"), "one line for the end of each grain");
        Regex.Count(silo.Log, " begins on (cpu|io):0").ShouldBe(spans.Count(s => s == "grain"), "and one for its beginning");
        collector.Raw().ShouldNotContain(RabbitServer.Password);
        silo.Log.ShouldNotContain(RabbitServer.Password);
    }

    [SkippableFact]
    public void Collector_ThatIsAway_IsToldOfOnce()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        SiloProcess silo = place.StartSilo("untold", [("OTEL_METRIC_EXPORT_INTERVAL", "300")], "--otlp", "http://127.0.0.1:9");
        silo.WaitForLine("Telemetry does not reach http://127.0.0.1:9 (");
        using CliProcess following = place.Submit();
        following.Finish().ShouldSucceed();
        Regex.Count(silo.Log, "Telemetry does not reach").ShouldBe(1, silo.Log);
    }

    [SkippableFact]
    public async Task Prometheus_OfTwoSilos_SeesEveryGrain()
    {
        Skip.If(PrometheusServer.Missing is not null, PrometheusServer.Missing);
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Steady);
        SiloProcess one = place.StartSilo("one"), two = place.StartSilo("two");
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync([.. new[] { one, two }.Select(s => new Uri(s.Url).Authority)], Checkout.PathOf("deploy/prometheus/alerts.yaml"));
        using (CliProcess following = place.Submit())
        {
            // While it runs, more grains wait than are taken; both silos count all queues.
            await ClusterPlace.WaitAsync(async () => (await prometheus.NowAsync("max by (lane) (spatialcluster_grains_waiting)", "lane")).GetValueOrDefault("cpu") > 0, "no grain was seen to wait");
            following.Finish().ShouldSucceed();
        }

        int grains = await GrainsAsync(place);
        await ClusterPlace.WaitAsync(async () => await prometheus.ValueAsync("sum(spatialcluster_grains_ended_total{state=\"done\"})") == grains, $"the silos do not come to {grains} grains");
        (await prometheus.NowAsync("spatialcluster_silo_ready", "instance")).Values.ShouldBe([1, 1]);
        (await prometheus.NowAsync("sum by (lane) (spatialcluster_devices)", "lane")).ShouldBe(new Dictionary<string, double> { ["cpu"] = 2, ["io"] = 2 }, ignoreOrder: true);
        (await prometheus.ValueAsync("sum(spatialcluster_training_epochs_total) > 0")).ShouldBeGreaterThan(100);
        (await prometheus.ValueAsync("sum(spatialcluster_grain_duration_seconds_count)")).ShouldBe(grains);
        (await prometheus.ValueAsync("sum(spatialcluster_store_duration_seconds_count{operation=\"put\",outcome=\"done\"}) > 0")).ShouldBeGreaterThan(grains);
        IReadOnlyDictionary<string, string> rules = await prometheus.RulesAsync();
        rules.Count.ShouldBeGreaterThan(10);
        rules.Where(r => r.Value != "ok").ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Prometheus_WhereNoSiloServes_SeesWhatWaits()
    {
        Skip.If(PrometheusServer.Missing is not null, PrometheusServer.Missing);
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Tiny);
        SiloProcess silo = place.StartSilo("drained");
        await using PrometheusServer prometheus = await PrometheusServer.StartAsync(new Uri(silo.Url).Authority);
        place.Ask("silo", "drain", silo.Name).ExitCode.ShouldBe(0);
        await ClusterPlace.WaitAsync(async () => (await prometheus.NowAsync("spatialcluster_silo_ready", "instance")).Values.SingleOrDefault(1) == 0, "the silo is still ready");
        using var http = new HttpClient { BaseAddress = new Uri(silo.Url) };
        (await http.GetAsync("readyz")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await http.GetAsync("healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using CliProcess following = place.Submit();
        const string Alert = "max by (lane) (spatialcluster_grains_waiting) > 0 unless on (lane) sum by (lane) (spatialcluster_devices * on (job, instance) group_left () spatialcluster_silo_ready) > 0";
        await ClusterPlace.WaitAsync(async () => (await prometheus.NowAsync(Alert, "lane")).GetValueOrDefault("cpu") > 0, "nobody tells that grains wait in vain");
        place.StartSilo("fresh");
        following.Finish().ShouldSucceed();
        await ClusterPlace.WaitAsync(async () => (await prometheus.NowAsync("sum by (lane) (spatialcluster_grains_waiting)", "lane")).GetValueOrDefault("cpu") == 0, "grains wait although the campaign has ended");
    }

    [SkippableFact]
    public async Task Metrics_OfInterruptions_CountEach()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Training(1_000_000));
        SiloProcess killed = place.StartSilo("killed", "--checkpoint-interval", "0.2");
        using CliProcess following = place.Submit();
        killed.WaitForLine("SpaMI on slice");
        await MetricAsync(killed, "spatialcluster_checkpoint_duration_seconds_count ");
        killed.Kill();
        SiloProcess heir = place.StartSilo("heir");
        await MetricAsync(heir, "spatialcluster_grains_taken_over_total{kind=\"training-run\"} 1\n");
        heir.WaitForLine("SpaMI on slice");
        await servers.Broker.StopAsync();
        try
        {
            await MetricAsync(heir, "spatialcluster_broker_losses_total ");
        }
        finally
        {
            await servers.Broker.StartAsync();
        }

        heir.WaitForLine("is there again");
        place.Ask("silo", "drain", heir.Name).ExitCode.ShouldBe(0);
        await MetricAsync(heir, "spatialcluster_attempts_lost_total{cause=\"returned\"} ");
    }

    [SkippableFact]
    public async Task Metrics_OfFailures_CountEach()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Failing);
        SiloProcess silo = place.StartSilo("failing");
        using CliProcess following = place.Submit();
        following.Finish().ExitCode.ShouldBe(1);
        await MetricAsync(silo, "spatialcluster_attempts_lost_total{cause=\"failed\"} ");
        await MetricAsync(silo, "spatialcluster_grains_ended_total{kind=\"training-run\",state=\"failed\"} ");
        silo.Log.ShouldContain(" failed: ");
    }

    private static async Task MetricAsync(SiloProcess silo, string sample)
    {
        using var http = new HttpClient { BaseAddress = new Uri(silo.Url) };
        await ClusterPlace.WaitAsync(async () => (await http.GetStringAsync("metrics")).Contains('\n' + sample, StringComparison.Ordinal), $"{silo.Name} does not count '{sample.Trim()}'");
    }

    private static async Task<int> GrainsAsync(ClusterPlace place)
    {
        (_, var campaigns) = place.Open();
        CampaignPlan plan = await campaigns.PlanAsync(place.Name);
        return plan.Grains.Count;
    }
}
