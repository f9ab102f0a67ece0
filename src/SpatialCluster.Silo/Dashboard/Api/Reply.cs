using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary>
/// Bytes that are sent to any number of viewers: compressed once for each encoding, and not sent at all to who has them.
/// </summary>
internal sealed class Reply : IResult
{
    public const string Json = "application/json; charset=utf-8";
    public const string Binary = "application/octet-stream";

    // Below, a header costs more than it saves.
    private const int LeastCompressed = 1024;

    private readonly byte[] _bytes;
    private readonly string _type;
    private readonly string _tag;
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    public Reply(byte[] bytes, string type, string? tag = null)
    {
        (_bytes, _type) = (bytes, type);
        _tag = $"\"{tag ?? Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12))}\"";
        _brotli = new Lazy<byte[]>(() => Compressed(target => new BrotliStream(target, CompressionLevel.Fastest)));
        _gzip = new Lazy<byte[]>(() => Compressed(target => new GZipStream(target, CompressionLevel.Fastest)));
    }

    /// <summary>What it never changes into anything else: viewers need not ask again.</summary>
    public bool Immutable { get; init; }

    /// <summary>What it takes of memory, all its encodings together.</summary>
    public long Bytes => _bytes.Length + (_brotli.IsValueCreated ? _brotli.Value.Length : 0) + (_gzip.IsValueCreated ? _gzip.Value.Length : 0);

    public static Reply Of(object value) => new(ApiJson.Bytes(value), Json);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        HttpResponse response = httpContext.Response;
        response.Headers.ETag = _tag;
        response.Headers.CacheControl = Immutable ? "private, max-age=31536000, immutable" : "private, no-cache";
        response.Headers.Vary = "Accept-Encoding";
        response.Headers.XContentTypeOptions = "nosniff";
        if (httpContext.Request.Headers.IfNoneMatch.ToString().Contains(_tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        byte[] body = _bytes;
        string accepted = httpContext.Request.Headers.AcceptEncoding.ToString();
        if (_bytes.Length >= LeastCompressed && Takes(accepted, "br"))
            (body, response.Headers.ContentEncoding) = (_brotli.Value, "br");
        else if (_bytes.Length >= LeastCompressed && Takes(accepted, "gzip"))
            (body, response.Headers.ContentEncoding) = (_gzip.Value, "gzip");
        response.ContentType = _type;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
            await response.Body.WriteAsync(body, httpContext.RequestAborted).ConfigureAwait(false);
    }

    private static bool Takes(string accepted, string encoding) => accepted.Split(',').Any(part =>
    {
        string[] fields = part.Split(';', StringSplitOptions.TrimEntries);
        return fields[0] == encoding && !fields.Skip(1).Any(f => f is "q=0" or "q=0.0" or "q=0.00" or "q=0.000");
    });

    private byte[] Compressed(Func<Stream, Stream> over)
    {
        using var target = new MemoryStream();
        using (Stream compressing = over(target))
            compressing.Write(_bytes);
        return target.ToArray();
    }
}
