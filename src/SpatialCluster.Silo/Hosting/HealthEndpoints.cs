using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Whether the process lives, whether it is ready, and what it measures.</summary>
internal static class HealthEndpoints
{
    public const string Metrics = "/metrics";

    public static void Map(IEndpointRouteBuilder routes, SiloWebParts parts, SiloWebOptions options)
    {
        routes.MapGet("/healthz", async context => await TellAsync(context, await parts.Ailing(context.RequestAborted).ConfigureAwait(false), "alive", options.Redaction).ConfigureAwait(false)).WithMetadata(OpenToAll.Mark);
        routes.MapGet("/readyz", async context => await TellAsync(context, await parts.Trouble(context.RequestAborted).ConfigureAwait(false), "ready", options.Redaction).ConfigureAwait(false)).WithMetadata(OpenToAll.Mark);
        if (parts.Metrics is not { } measure)
            return;
        IEndpointConventionBuilder metrics = routes.MapGet(Metrics, context =>
        {
            context.Response.ContentType = PrometheusText.MediaType;
            context.Response.Headers.CacheControl = "no-store";
            return context.Response.WriteAsync(measure(), context.RequestAborted);
        });
        if (options.OpenMetrics)
            metrics.WithMetadata(OpenToAll.Mark);
    }

    private static Task TellAsync(HttpContext context, string? trouble, string well, SecretRedaction redaction) => trouble is null
        ? JsonAnswers.WriteAsync(context, StatusCodes.Status200OK, new { status = well })
        : JsonAnswers.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, redaction.Clean(trouble));
}
