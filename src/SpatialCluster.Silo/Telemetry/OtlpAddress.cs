using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Where telemetry is sent: a collector that takes OTLP over HTTP, its messages as protobuf.</summary>
public sealed class OtlpAddress
{
    /// <summary>The variable that names a collector where no option does.</summary>
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly string _address;

    private OtlpAddress(string address) => _address = address;

    /// <summary>Reads an address.</summary>
    /// <param name="text">Such as <c>http://collector:4318</c>.</param>
    /// <param name="source">The option or variable that holds it.</param>
    /// <returns>The address.</returns>
    /// <exception cref="BadInputException">It is none, or it holds credentials.</exception>
    public static OtlpAddress Parse(string text, string source)
    {
        // The text is told only where it holds no credentials.
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            throw new BadInputException($"{source} is no http:// or https:// address; name a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318.");
        if (url.UserInfo.Length > 0 || url.Query.Length > 0)
            throw new BadInputException($"{source} holds more than an address; give what the collector asks for in OTEL_EXPORTER_OTLP_HEADERS.");
        return new OtlpAddress(url.GetLeftPart(UriPartial.Path).TrimEnd('/'));
    }

    /// <summary>Where one kind of telemetry goes.</summary>
    /// <param name="signal"><c>traces</c>, <c>metrics</c> or <c>logs</c>.</param>
    /// <returns>The address.</returns>
    public Uri For(string signal) => new($"{_address}/v1/{signal}");

    /// <inheritdoc/>
    public override string ToString() => _address;
}
