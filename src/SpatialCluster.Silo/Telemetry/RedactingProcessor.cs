using OpenTelemetry;
using OpenTelemetry.Logs;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Takes credentials out of log records before they are exported.</summary>
/// <param name="redaction">Knows them.</param>
internal sealed class RedactingProcessor(SecretRedaction redaction) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        data.FormattedMessage = data.FormattedMessage is { } message ? redaction.Clean(message) : null;
        data.Body = data.Body is { } body ? redaction.Clean(body) : null;
        if (data.Attributes is { } attributes)
            data.Attributes = [.. attributes.Select(a => a.Value is string text ? new KeyValuePair<string, object?>(a.Key, redaction.Clean(text)) : a)];
        if (data.Exception is { } failure)
        {
            // An exception cannot be changed, so its text travels instead.
            data.Exception = null;
            data.Attributes =
            [
                .. data.Attributes ?? [],
                new("exception.type", failure.GetType().FullName),
                new("exception.message", redaction.Clean(failure.Message)),
                new("exception.stacktrace", redaction.Clean(failure.ToString())),
            ];
        }
    }
}
