using System.Text;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>What instruments and attributes are called in Prometheus' text.</summary>
public static class PrometheusNames
{
    // The runtime measures these as sums that only rise, and they fall, too: a rate of them would mean nothing.
    private static readonly HashSet<string> s_falling = ["dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length"];

    /// <summary>Whether a sum only rises.</summary>
    /// <param name="instrument">Such as <c>spatialcluster.grains.ended</c>.</param>
    /// <param name="monotonic">Whether its maker says so.</param>
    /// <returns>True for a counter, false for a gauge.</returns>
    public static bool IsCounter(string instrument, bool monotonic) => monotonic && !s_falling.Contains(instrument);

    /// <summary>The name of a metric: its unit behind it, then <c>_total</c> where it only rises.</summary>
    /// <param name="instrument">Such as <c>spatialcluster.grain.duration</c>.</param>
    /// <param name="unit">As UCUM has it: <c>s</c>, <c>By</c>; what stands in braces is no unit.</param>
    /// <param name="counter">Whether it is a sum that only rises.</param>
    /// <returns>Such as <c>spatialcluster_grain_duration_seconds</c>.</returns>
    public static string Metric(string instrument, string? unit, bool counter)
    {
        string name = Clean(instrument, colons: true);
        if (Unit(unit) is { } suffix && !name.EndsWith($"_{suffix}", StringComparison.Ordinal))
            name = $"{name}_{suffix}";
        return counter && !name.EndsWith("_total", StringComparison.Ordinal) ? $"{name}_total" : name;
    }

    /// <summary>The name of a label.</summary>
    /// <param name="attribute">Such as <c>http.route</c>.</param>
    /// <returns>Such as <c>http_route</c>.</returns>
    public static string Label(string attribute)
    {
        string name = Clean(attribute, colons: false);
        // 'le' belongs to histograms; two strokes in front, which are Prometheus' own, cannot be left after cleaning.
        return name == "le" ? "exported_le" : name;
    }

    private static string? Unit(string? unit) => unit switch
    {
        "s" => "seconds",
        "ms" => "milliseconds",
        "us" => "microseconds",
        "ns" => "nanoseconds",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "By" => "bytes",
        "KiBy" => "kibibytes",
        "MiBy" => "mebibytes",
        "GiBy" => "gibibytes",
        "%" => "percent",
        "Cel" => "celsius",
        "Hz" => "hertz",
        _ => null,
    };

    private static string Clean(string text, bool colons)
    {
        var name = new StringBuilder(text.Length + 1);
        foreach (char c in text)
        {
            if (char.IsAsciiDigit(c) && name.Length == 0)
                name.Append('_');
            char put = char.IsAsciiLetterOrDigit(c) || (colons && c == ':') ? c : '_';
            if (put != '_' || name.Length == 0 || name[^1] != '_')
                name.Append(put);
        }

        return name.Length == 0 ? "_" : name.ToString();
    }
}
