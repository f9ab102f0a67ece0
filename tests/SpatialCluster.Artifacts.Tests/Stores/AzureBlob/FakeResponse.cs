using System.Diagnostics.CodeAnalysis;
using Azure;
using Azure.Core;

namespace SpatialCluster.Tests.Artifacts.Stores.AzureBlob;

/// <summary>An answer that no server gave.</summary>
public sealed class FakeResponse : Response
{
    private readonly Dictionary<string, string> _headers;

    public FakeResponse(int status, string? code, DateTimeOffset? date = null, string detail = "")
    {
        Status = status;
        _headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Date"] = (date ?? DateTimeOffset.UtcNow).ToString("R"), ["Content-Type"] = "application/xml" };
        if (code is not null)
            _headers["x-ms-error-code"] = code;
        ContentStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>secret-of-the-server</Message><AuthenticationErrorDetail>{detail}</AuthenticationErrorDetail></Error>"));
    }

    public override int Status { get; }

    public override string ReasonPhrase => "said so";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = string.Empty;

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => _headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = _headers.TryGetValue(name, out string? value) ? [value] : null;
        return values is not null;
    }

    protected override bool ContainsHeader(string name) => _headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => _headers.Select(header => new HttpHeader(header.Key, header.Value));
}
