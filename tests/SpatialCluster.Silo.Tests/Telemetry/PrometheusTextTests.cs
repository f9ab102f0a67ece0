using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Tests.Telemetry;

public sealed class PrometheusTextTests
{
    [Theory]
    [InlineData("spatialcluster.grains.ended", "{grain}", true, "spatialcluster_grains_ended_total")]
    [InlineData("spatialcluster.grain.duration", "s", false, "spatialcluster_grain_duration_seconds")]
    [InlineData("spatialcluster.silo.ready", "1", false, "spatialcluster_silo_ready")]
    [InlineData("dotnet.gc.pause.time", "s", true, "dotnet_gc_pause_time_seconds_total")]
    [InlineData("memory.bytes", "By", false, "memory_bytes")]
    [InlineData("1.odd--name", null, false, "_1_odd_name")]
    public void Metric_OfAnInstrument_HasUnitAndTotal(string instrument, string? unit, bool counter, string expected) =>
        PrometheusNames.Metric(instrument, unit, counter).ShouldBe(expected);

    [Theory]
    [InlineData("http.route", "http_route")]
    [InlineData("le", "exported_le")]
    [InlineData("__name__", "_name_")]
    [InlineData("9", "_9")]
    public void Label_OfAnAttribute_IsOneThatPrometheusTakes(string attribute, string expected) => PrometheusNames.Label(attribute).ShouldBe(expected);

    [Fact]
    public void Scrape_OfEveryKind_IsTheExpositionFormat()
    {
        using var meter = new Meter("test.exposition");
        using var exporter = new PrometheusExporter();
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name)
            .AddView("work.time", new ExplicitBucketHistogramConfiguration { Boundaries = [0.5, 2] })
            .AddReader(new BaseExportingMetricReader(exporter)).Build();
        Counter<long> counter = meter.CreateCounter<long>("things", "{thing}", "Things with \\ and\nlines.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "a\"b\\c\nd"));
        counter.Add(3, new KeyValuePair<string, object?>("kind", "a\"b\\c\nd"));
        Histogram<double> histogram = meter.CreateHistogram<double>("work.time", "s", "Work.");
        foreach (double value in new[] { 0.25, 1, 1, 8 })
            histogram.Record(value, new KeyValuePair<string, object?>("device", "cpu:0"));
        meter.CreateObservableGauge("level", () => 1.5, "%", "Level.");
        UpDownCounter<long> level = meter.CreateUpDownCounter<long>("open");
        level.Add(-2);
        string[] lines = exporter.Scrape().Split('\n');
        lines.ShouldContain("# HELP things_total Things with \\\\ and\\nlines.");
        lines.ShouldContain("# TYPE things_total counter");
        lines.ShouldContain("things_total{kind=\"a\\\"b\\\\c\\nd\"} 5");
        lines.ShouldContain("# TYPE work_time_seconds histogram");
        lines.Where(l => l.StartsWith("work_time", StringComparison.Ordinal)).ShouldBe(
        [
            "work_time_seconds_bucket{device=\"cpu:0\",le=\"0.5\"} 1",
            "work_time_seconds_bucket{device=\"cpu:0\",le=\"2\"} 3",
            "work_time_seconds_bucket{device=\"cpu:0\",le=\"+Inf\"} 4",
            "work_time_seconds_sum{device=\"cpu:0\"} 10.25",
            "work_time_seconds_count{device=\"cpu:0\"} 4",
        ]);
        lines.ShouldContain("# TYPE level_percent gauge");
        lines.ShouldContain("level_percent 1.5");
        lines.ShouldContain("# TYPE open gauge");
        lines.ShouldContain("open -2");
        counter.Add(1, new KeyValuePair<string, object?>("kind", "a\"b\\c\nd"));
        exporter.Scrape().ShouldContain("} 6\n", customMessage: "what was counted stays counted");
    }

    [Fact]
    public void Scrape_SameNameTwice_IsOneFamilyWithoutDuplicates()
    {
        using var first = new Meter("test.twice.first");
        using var second = new Meter("test.twice.second");
        using var exporter = new PrometheusExporter();
        using MeterProvider provider = Sdk.CreateMeterProviderBuilder().AddMeter(first.Name, second.Name).AddReader(new BaseExportingMetricReader(exporter)).Build();
        first.CreateCounter<long>("things").Add(1);
        second.CreateCounter<long>("things").Add(1);
        second.CreateUpDownCounter<long>("things.total").Add(1);
        string text = exporter.Scrape();
        text.Split('\n').Count(l => l.StartsWith("# TYPE things", StringComparison.Ordinal)).ShouldBe(1);
        text.Split('\n').Count(l => l.StartsWith("things_total", StringComparison.Ordinal)).ShouldBe(1);
    }
}
