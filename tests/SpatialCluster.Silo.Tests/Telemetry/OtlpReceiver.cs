using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace SpatialCluster.Silo.Tests.Telemetry;

/// <summary>A collector that takes OTLP over HTTP and keeps the names.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    // Where names stand in the messages of OTLP: resource, scope, item, name; of a log record the body's text.
    private static readonly Dictionary<string, int[]> s_places = new() { ["/v1/traces"] = [1, 2, 2, 5], ["/v1/metrics"] = [1, 2, 2, 1], ["/v1/logs"] = [1, 2, 2, 5, 1] };

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body, string Type)> _messages = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    public IEnumerable<string> Types => _messages.Select(m => m.Type).Distinct();

    public static async Task<OtlpReceiver> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Urls.Add("http://127.0.0.1:0");
        receiver._app.Run(receiver.TakeAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>The names that came for a signal.</summary>
    public IReadOnlyList<string> Names(string path) => [.. _messages.Where(m => m.Path == path).SelectMany(m => Find(m.Body, s_places[path])).Select(Encoding.UTF8.GetString)];

    /// <summary>All that came, to look for what must not be there.</summary>
    public string Raw() => string.Concat(_messages.Select(m => Encoding.UTF8.GetString(m.Body)));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static IEnumerable<byte[]> Find(byte[] message, int[] path) =>
        path.Length == 0 ? [message] : Fields(message).Where(f => f.Number == path[0]).SelectMany(f => Find(f.Content, path[1..]));

    private static List<(int Number, byte[] Content)> Fields(byte[] message)
    {
        var fields = new List<(int, byte[])>();
        for (int at = 0; at < message.Length;)
        {
            ulong key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(message, ref at);
                    fields.Add(((int)(key >> 3), message[at..(at + length)]));
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException("No protobuf.");
            }
        }

        return fields;
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _messages.Enqueue((context.Request.Path.Value!, body.ToArray(), context.Request.ContentType ?? ""));
        context.Response.ContentType = "application/x-protobuf";
    }
}
