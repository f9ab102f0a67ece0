using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Hosting;

/// <summary>How a process is reached over HTTP.</summary>
public sealed record SiloWebOptions
{
    /// <summary>The most bytes that a request may bring.</summary>
    public const long MostBodyBytes = 1 << 20;

    /// <summary>Where it listens; at least one.</summary>
    public required IReadOnlyList<HttpAddress> Addresses { get; init; }

    /// <summary>What opens it; may be null where it listens on loopback addresses alone.</summary>
    public ApiToken? Token { get; init; }

    /// <summary>A PEM file with certificate and key, for TLS; null for none.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>Names that it is reached by beside this machine's own, such as that of a proxy in front; heeded on loopback addresses.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether <c>/metrics</c> answers without the token.</summary>
    public bool OpenMetrics { get; init; } = true;

    /// <summary>Takes credentials out of errors.</summary>
    public SecretRedaction Redaction { get; init; } = SecretRedaction.ByShape;

    /// <summary>The time of sessions.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => Addresses.All(a => a.IsLoopback);
}
