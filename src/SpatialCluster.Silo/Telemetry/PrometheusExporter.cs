using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Gives the metrics, whenever somebody asks, as Prometheus' text.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int CollectMilliseconds = 5000;

    private readonly Lock _lock = new();
    private string _text = "";

    /// <summary>Set by the reader: collects, and calls <see cref="Export"/>.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The metrics as they are now.</summary>
    public string Scrape()
    {
        lock (_lock)
        {
            _text = "";
            Collect?.Invoke(CollectMilliseconds);
            return _text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        text.AddTarget(ParentProvider.GetResource().Attributes.Where(a => a.Key.StartsWith("service.", StringComparison.Ordinal)));
        foreach (Metric metric in batch)
            text.Add(metric);
        _text = text.ToString();
        return ExportResult.Success;
    }
}
