using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Tells, once, that telemetry does not reach its collector: what is sent is lost then, and the exporter says so to nobody.</summary>
internal sealed partial class ExportWatch : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    // The base's constructor calls back before these are set; exporters begin to send later.
    private readonly ILogger? _logger;
    private readonly string? _collector;
    private int _told;

    public ExportWatch(ILogger logger, string collector) => (_collector, _logger) = (collector, logger);

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
            EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_logger is null || _collector is null || eventData.EventSource.Name != Exporter || Interlocked.Exchange(ref _told, 1) != 0)
            return;
        // The texts of exceptions among what is told: their first line says what is wrong.
        string why = eventData.Payload?.OfType<string>().LastOrDefault(text => text.Contains(' ', StringComparison.Ordinal)) ?? eventData.EventName ?? "no reason is known";
        why = why.Split('\n')[0].Trim().TrimEnd('.');
        const string Type = "Exception: ";
        if (why.IndexOf(Type, StringComparison.Ordinal) is >= 0 and var type)
            why = why[(type + Type.Length)..];
        LogLost(_logger, _collector, why);
    }

    [LoggerMessage(EventId = 40, EventName = "TelemetryLost", Level = LogLevel.Warning, Message = "Telemetry does not reach {Collector} ({Why}); what cannot be sent is lost, and this is said once.")]
    private static partial void LogLost(ILogger logger, string collector, string why);
}
