using System.CommandLine;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Silo.Hosting;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Cli.Options;

/// <summary>How a process is reached over HTTP.</summary>
internal sealed class HttpOptionSet : OptionSet
{
    private const string Default = "127.0.0.1:8787";

    private readonly Option<string?> _http;
    private readonly Option<string?> _certificate;
    private readonly Option<string?> _tokenFile;
    private readonly Option<string[]> _names;
    private readonly Option<bool> _closedMetrics;

    public HttpOptionSet(bool mayBeNone)
        : base("HTTP")
    {
        string none = mayBeNone ? ", or 'none'" : "";
        _http = One<string?>("--http", "ADDRESS", $"Where dashboard, health and metrics are: address:port, port 0 for any that is free, *:8787 for all addresses{none} (default {Default}).");
        _certificate = One<string?>("--http-certificate", "FILE", "Serve HTTPS with this PEM file: certificate, those between it and a root, key.");
        _tokenFile = One<string?>("--api-token-file", "FILE", $"A file whose first line is the token that opens it (default ${ApiToken.Variable}); needed where other machines can reach it.");
        _names = Many("--http-name", "NAME", "A name that it is reached by on a loopback address, such as that of a proxy in front.");
        _closedMetrics = Flag("--closed-metrics", "/metrics asks for the token, too.");
    }

    /// <summary>Where it listens and who may come in; null for not at all.</summary>
    /// <exception cref="BadInputException">An address is none, or there is a file that is not fit for its purpose.</exception>
    public SiloWebOptions? Read(ParseResult result, ApiToken? token, SecretRedaction redaction, TimeProvider clock)
    {
        IReadOnlyList<HttpAddress> addresses = HttpAddress.ParseAll(result.GetValue(_http) ?? Default, _http.Name);
        return addresses.Count == 0
            ? null
            : new SiloWebOptions
            {
                Addresses = addresses,
                Token = token,
                CertificateFile = result.GetValue(_certificate),
                Names = result.GetValue(_names) ?? [],
                OpenMetrics = !result.GetValue(_closedMetrics),
                Redaction = redaction,
                Clock = clock,
            };
    }

    /// <summary>The token; null where there is none.</summary>
    /// <exception cref="BadInputException">What is there is no token.</exception>
    public ApiToken? Token(ParseResult result) => ApiToken.Find(result.GetValue(_tokenFile), Environment.GetEnvironmentVariable(ApiToken.Variable));
}
