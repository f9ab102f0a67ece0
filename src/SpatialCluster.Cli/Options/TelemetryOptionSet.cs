using System.CommandLine;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Cli.Options;

/// <summary>What a process tells of itself, and where.</summary>
internal sealed class TelemetryOptionSet : OptionSet
{
    private readonly Option<string?> _otlp;
    private readonly Option<string?> _format;

    public TelemetryOptionSet()
        : base("Telemetry")
    {
        _otlp = One<string?>("--otlp", "URL", $"Send traces, metrics and logs to this collector, as OTLP over HTTP (default ${OtlpAddress.Variable}; what it asks for goes into OTEL_EXPORTER_OTLP_HEADERS).");
        _format = One<string?>("--log-format", "FORMAT", "Log lines on standard error: text (default) or json, an object per line.");
    }

    /// <summary>What was given.</summary>
    /// <exception cref="BadInputException">An address or format is none.</exception>
    public TelemetryOptions Read(ParseResult result, string service, string instance, SecretRedaction redaction, TimeProvider clock) => new()
    {
        Service = service,
        Instance = instance,
        Version = ProductVersion.Text,
        Otlp = Otlp(result),
        Format = (result.GetValue(_format) ?? "text") switch
        {
            "text" => LogFormat.Text,
            "json" => LogFormat.Json,
            string other => throw new BadInputException($"--log-format is '{other}'; it must be text or json."),
        },
        Redaction = redaction,
        Clock = clock,
    };

    private OtlpAddress? Otlp(ParseResult result)
    {
        if (result.GetValue(_otlp) is { } given)
            return OtlpAddress.Parse(given, _otlp.Name);
        return Environment.GetEnvironmentVariable(OtlpAddress.Variable) is { Length: > 0 } named ? OtlpAddress.Parse(named, OtlpAddress.Variable) : null;
    }
}
