using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace SpatialCluster.Silo.Hosting;

/// <summary>The HTTP interface of a process: health, metrics, sessions, campaigns, and whatever is mapped beside.</summary>
public sealed partial class SiloWebHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServerCertificate? _certificate;

    private SiloWebHost(WebApplication app, ServerCertificate? certificate)
    {
        (_app, _certificate) = (app, certificate);
        Urls = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(Reachable)];
    }

    /// <summary>Where it listens, with the ports that it got.</summary>
    public IReadOnlyList<string> Urls { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="options">Where, and who may come in.</param>
    /// <param name="parts">What stands behind it.</param>
    /// <param name="logs">Makes its logger.</param>
    /// <param name="cancellation">Stops the start.</param>
    /// <returns>The host, to be disposed.</returns>
    /// <exception cref="BadInputException">It must not or cannot listen there.</exception>
    public static async Task<SiloWebHost> StartAsync(SiloWebOptions options, SiloWebParts parts, ILoggerFactory logs, CancellationToken cancellation)
    {
        if (options.Addresses.FirstOrDefault(a => !a.IsLoopback) is { } open && options.Token is null)
        {
            throw new BadInputException(
                $"--http {open} can be reached from other machines and there is no token; put one into {ApiToken.Variable} or a file (--api-token-file), or listen on 127.0.0.1.");
        }

        ILogger logger = logs.CreateLogger<SiloWebHost>();
        ServerCertificate? certificate = options.CertificateFile is { } file ? ServerCertificate.Read(file) : null;
        // Nothing is read from the environment or the current folder: what is not in the options does not hold.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(SiloWebHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, certificate));
        builder.Services.AddRoutingCore();
        builder.Services.AddMetrics();
        builder.Services.AddSingleton(logs);
        builder.Services.AddSingleton<IHostLifetime, ProcessLifetime>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        WebApplication app = builder.Build();
        Build(app, options, parts, logger);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            certificate?.Dispose();
            throw new BadInputException(
                $"The HTTP interface cannot listen on {string.Join(", ", options.Addresses)} ({failure.Message.TrimEnd('.')}); name another address with --http, port 0 for any that is free, or 'none'.", failure);
        }

        if (!options.IsLoopback && certificate is null)
            LogUnprotected(logger);
        return new SiloWebHost(app, certificate);
    }

    /// <summary>Ends it; requests that run have a second.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _certificate?.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, SiloWebOptions options, ServerCertificate? certificate)
    {
        kestrel.AddServerHeader = false;
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxRequestBodySize = SiloWebOptions.MostBodyBytes;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestHeadersTotalSize = 16 << 10;
        limits.MaxRequestLineSize = 4 << 10;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MaxConcurrentConnections = 1024;
        foreach (HttpAddress address in options.Addresses)
        {
            if (address.Address is { } one)
                kestrel.Listen(one, address.Port, Listen);
            else
                kestrel.ListenAnyIP(address.Port, Listen);
        }

        void Listen(ListenOptions listen)
        {
            listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (certificate is not null)
                listen.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = certificate.Certificate, ServerCertificateChain = certificate.Chain });
        }
    }

    private static void Build(WebApplication app, SiloWebOptions options, SiloWebParts parts, ILogger logger)
    {
        var gate = new TokenGate(options.Token, options.Clock);
        app.Use((context, next) => AnswerAsync(context, next, options, logger));
        app.Use((context, next) => CheckOriginAsync(context, next, options));
        app.UseRouting();
        app.Use(gate.PassAsync);
        HealthEndpoints.Map(app, parts, options);
        SessionEndpoints.Map(app, gate);
        if (parts.Submit is { } submit)
            CampaignEndpoints.Map(app, submit);
        parts.Routes?.Invoke(app);
    }

    // The outermost: whatever happens further in, the answer has its headers and, where it is an error, a sentence.
    private static async Task AnswerAsync(HttpContext context, RequestDelegate next, SiloWebOptions options, ILogger logger)
    {
        SecurityHeaders.Put(context.Response);
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (Exception failure) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            (int status, string sentence) = Explain(failure);
            if (status == StatusCodes.Status500InternalServerError)
                LogFailed(logger, context.Request.Method, context.Request.Path, failure);
            context.Response.Clear();
            SecurityHeaders.Put(context.Response);
            await JsonAnswers.ErrorAsync(context, status, options.Redaction.Clean(sentence)).ConfigureAwait(false);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
            return;
        }

        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
        {
            int status = context.Response.StatusCode;
            string sentence = status switch
            {
                StatusCodes.Status404NotFound => "There is nothing here.",
                StatusCodes.Status405MethodNotAllowed => $"{context.Request.Method} is not what can be done here.",
                _ => $"The request was refused with status {status}.",
            };
            await JsonAnswers.ErrorAsync(context, status, sentence).ConfigureAwait(false);
        }
    }

    private static (int Status, string Sentence) Explain(Exception failure) => failure switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (StatusCodes.Status413PayloadTooLarge, $"The request is larger than {SiloWebOptions.MostBodyBytes >> 20} MiB, the most that is taken."),
        BadHttpRequestException bad => (bad.StatusCode, bad.Message),
        StoreFailedException or SpatialClusterException { Kind: FailureKind.Transient } => (StatusCodes.Status503ServiceUnavailable, failure.Message),
        BadInputException => (StatusCodes.Status400BadRequest, failure.Message),
        SpatialClusterException => (StatusCodes.Status500InternalServerError, failure.Message),
        _ => (StatusCodes.Status500InternalServerError, "Something went wrong in the server; its log says what."),
    };

    private static Task CheckOriginAsync(HttpContext context, RequestDelegate next, SiloWebOptions options)
    {
        if (options.IsLoopback && !RequestOrigin.IsOwnName(context.Request.Host, options.Names))
        {
            return JsonAnswers.ErrorAsync(
                context, StatusCodes.Status421MisdirectedRequest, "This server listens on this machine alone and is not called what the request calls it; use localhost, or allow the name with --http-name.");
        }

        return RequestOrigin.Refuse(context.Request) is { } why ? JsonAnswers.ErrorAsync(context, StatusCodes.Status403Forbidden, why) : next(context);
    }

    // All addresses of a machine are no address that somebody could open.
    private static string Reachable(string url)
    {
        var at = new Uri(url.Replace("*", "[::]", StringComparison.Ordinal).Replace("+", "[::]", StringComparison.Ordinal));
        bool any = IPAddress.TryParse(at.Host.Trim('[', ']'), out IPAddress? address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        return $"{at.Scheme}://{(any ? Dns.GetHostName() : at.Host)}:{at.Port}/";
    }
}
