using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>Stands before a server of HTTP and passes everything on, but for the requests that are to meet a fault.</summary>
internal sealed class FaultyHttpProxy : IAsyncDisposable
{
    // Of one connection, and not of what it carries.
    private static readonly HashSet<string> s_hops = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Transfer-Encoding", "Keep-Alive", "Host", "Content-Length" };

    private readonly WebApplication _application;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private readonly int _target;
    private readonly HttpFaultRule[] _rules;
    private readonly ConcurrentDictionary<(string Method, string Part), int> _seen = [];
    private readonly ConcurrentDictionary<HttpFaultRule, byte> _met = [];

    private FaultyHttpProxy(WebApplication application, int target, HttpFaultRule[] rules) => (_application, _target, _rules) = (application, target, rules);

    public int Port => new Uri(_application.Urls.First()).Port;

    /// <summary>Faults that no request has met yet.</summary>
    public IReadOnlyList<HttpFaultRule> Open => [.. _rules.Where(rule => !_met.ContainsKey(rule))];

    public static async Task<FaultyHttpProxy> StartAsync(int target, HttpFaultRule[] rules)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<KestrelServerOptions>(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
            options.AllowSynchronousIO = false;
        });
        var proxy = new FaultyHttpProxy(builder.Build(), target, rules);
        proxy._application.Run(proxy.PassAsync);
        await proxy._application.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        HttpFault? fault = Meet(context.Request);
        if (fault is HttpFault.Refuse503 or HttpFault.Refuse412)
        {
            context.Response.StatusCode = fault == HttpFault.Refuse503 ? 503 : 412;
            context.Response.Headers["x-ms-error-code"] = fault == HttpFault.Refuse503 ? "ServerBusy" : "ConditionNotMet";
            return;
        }

        // As it came, encoded as it was: the signature is of that.
        string path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri($"http://127.0.0.1:{_target}{path}"));
        if (context.Request.ContentLength is > 0 and { } length)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.ContentLength = length;
        }
        else if (context.Request.Method == "PUT")
        {
            request.Content = new ByteArrayContent([]);
        }

        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in context.Request.Headers)
        {
            if (!s_hops.Contains(name) && !request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        using HttpResponseMessage answer = await _client.SendAsync(request, context.RequestAborted);
        byte[] body = await answer.Content.ReadAsByteArrayAsync(context.RequestAborted);
        if (fault == HttpFault.DoAndCut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = fault == HttpFault.DoAndAnswer500 ? 500 : (int)answer.StatusCode;
        if (fault == HttpFault.DoAndAnswer500)
            return;
        foreach ((string name, IEnumerable<string> values) in answer.Headers.Concat(answer.Content.Headers))
        {
            if (!s_hops.Contains(name))
                context.Response.Headers[name] = values.ToArray();
        }

        if (context.Request.Method == "HEAD" || (int)answer.StatusCode is 204 or 304)
        {
            context.Response.ContentLength = answer.Content.Headers.ContentLength;
            return;
        }

        context.Response.ContentLength = body.Length;
        bool isWhole = fault != HttpFault.CutInTheMiddle;
        await context.Response.Body.WriteAsync(body.AsMemory(0, isWhole ? body.Length : body.Length / 2), context.RequestAborted);
        if (isWhole)
            return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private HttpFault? Meet(HttpRequest request)
    {
        string path = request.Path.Value!;
        HttpFaultRule? met = null;
        foreach ((string method, string part) in _rules.Select(r => (r.Method, r.Part)).Distinct())
        {
            if (request.Method != method || !path.Contains(part, StringComparison.Ordinal))
                continue;
            int place = _seen.AddOrUpdate((method, part), 0, (_, last) => last + 1);
            met ??= Array.Find(_rules, rule => rule.Method == method && rule.Part == part && rule.Place == place);
        }

        if (met is not null)
            _met[met] = 0;
        return met?.Fault;
    }
}
