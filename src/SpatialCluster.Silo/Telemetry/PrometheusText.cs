using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Writes metrics in Prometheus' text exposition format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    /// <summary>The type of the text, for those who fetch it.</summary>
    public const string MediaType = "text/plain; version=0.0.4; charset=utf-8";

    // Samples of a family stand together, even where two meters measure the same.
    private readonly Dictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly List<Family> _order = [];

    /// <summary>Adds the process itself, so that others can be joined with what it is.</summary>
    public void AddTarget(IEnumerable<KeyValuePair<string, object>> attributes)
    {
        Family family = Find("target_info", "gauge", "What this process is.")!;
        family.Add("target_info", Labels([.. attributes.Select(a => new KeyValuePair<string, object?>(a.Key, a.Value))]), "1");
    }

    /// <summary>Adds a metric with all its points.</summary>
    public void Add(Metric metric)
    {
        (string type, bool counter) = metric.MetricType switch
        {
            MetricType.LongSum or MetricType.DoubleSum when PrometheusNames.IsCounter(metric.Name, monotonic: true) => ("counter", true),
            MetricType.LongSum or MetricType.DoubleSum => ("gauge", false),
            MetricType.Histogram => ("histogram", false),
            MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic => ("gauge", false),
            // Exponential histograms cannot be said in this format, and nothing here asks for one.
            _ => ("", false),
        };
        string name = PrometheusNames.Metric(metric.Name, metric.Unit, counter);
        if (type.Length == 0 || Find(name, type, metric.Description) is not { } family)
            return;
        foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
        {
            var tags = new List<KeyValuePair<string, object?>>();
            foreach (KeyValuePair<string, object?> tag in point.Tags)
                tags.Add(tag);
            string labels = Labels(tags);
            switch (metric.MetricType)
            {
                case MetricType.Histogram:
                    AddHistogram(family, name, labels, point);
                    break;
                case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                    family.Add(name, labels, Number(point.GetSumLong()));
                    break;
                case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                    family.Add(name, labels, Number(point.GetSumDouble()));
                    break;
                case MetricType.LongGauge:
                    family.Add(name, labels, Number(point.GetGaugeLastValueLong()));
                    break;
                default:
                    family.Add(name, labels, Number(point.GetGaugeLastValueDouble()));
                    break;
            }
        }
    }

    /// <summary>The whole text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (Family family in _order.Where(f => f.Samples.Length > 0))
        {
            if (family.Help.Length > 0)
                text.Append("# HELP ").Append(family.Name).Append(' ').Append(Escaped(family.Help, quotes: false)).Append('\n');
            text.Append("# TYPE ").Append(family.Name).Append(' ').Append(family.Type).Append('\n').Append(family.Samples);
        }

        return text.ToString();
    }

    private static void AddHistogram(Family family, string name, string labels, in MetricPoint point)
    {
        long below = 0;
        foreach (HistogramBucket bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            string edge = $"le=\"{Number(bucket.ExplicitBound)}\"";
            family.Add($"{name}_bucket", labels.Length == 0 ? edge : $"{labels},{edge}", Number(below));
        }

        family.Add($"{name}_sum", labels, Number(point.GetHistogramSum()));
        family.Add($"{name}_count", labels, Number(point.GetHistogramCount()));
    }

    // The first who takes a name says its type: a second type under the same name would have Prometheus refuse everything.
    private Family? Find(string name, string type, string help)
    {
        if (_families.TryGetValue(name, out Family? there))
            return there.Type == type ? there : null;
        var family = new Family(name, type, help);
        _families.Add(name, family);
        _order.Add(family);
        return family;
    }

    // Attributes whose names become the same share a label, as OpenTelemetry's rules want it.
    private static string Labels(List<KeyValuePair<string, object?>> tags) => string.Join(
        ',',
        tags.GroupBy(t => PrometheusNames.Label(t.Key), t => t.Value, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => $"{g.Key}=\"{Escaped(string.Join(';', g.Select(Text)), quotes: true)}\""));

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) =>
        double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? (value > 0 ? "+Inf" : "-Inf") : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Escaped(string text, bool quotes)
    {
        text = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text;
    }

    private sealed class Family(string name, string type, string help)
    {
        private readonly HashSet<string> _there = new(StringComparer.Ordinal);

        public string Name => name;

        public string Type => type;

        public string Help => help;

        public StringBuilder Samples { get; } = new();

        // A series that is there twice would have Prometheus refuse everything, too.
        public void Add(string sample, string labels, string value)
        {
            string series = labels.Length == 0 ? sample : $"{sample}{{{labels}}}";
            if (_there.Add(series))
                Samples.Append(series).Append(' ').Append(value).Append('\n');
        }
    }
}
