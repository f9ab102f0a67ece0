namespace SpatialCluster.Silo.Telemetry;

/// <summary>What a process tells of itself, and where.</summary>
public sealed record TelemetryOptions
{
    /// <summary>What the process is, such as <c>spatialcluster-silo</c>.</summary>
    public required string Service { get; init; }

    /// <summary>Tells it from others of its kind.</summary>
    public required string Instance { get; init; }

    /// <summary>The program's version.</summary>
    public required string Version { get; init; }

    /// <summary>A collector; null for none.</summary>
    public OtlpAddress? Otlp { get; init; }

    /// <summary>What log lines look like.</summary>
    public LogFormat Format { get; init; }

    /// <summary>Takes credentials out of what is logged.</summary>
    public SecretRedaction Redaction { get; init; } = SecretRedaction.ByShape;

    /// <summary>The times of log lines.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
