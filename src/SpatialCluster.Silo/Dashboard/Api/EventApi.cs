using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SpatialCluster.Silo.Dashboard.Live;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary><c>/events</c>: what changes, as server-sent events.</summary>
internal static class EventApi
{
    public static void Map(RouteGroupBuilder api, LiveFeed feed, CancellationToken stopping) =>
        api.MapGet("/events", (HttpContext context) => ServeAsync(context, feed, stopping));

    private static async Task ServeAsync(HttpContext context, LiveFeed feed, CancellationToken stopping)
    {
        if (feed.Join() is not { } viewer)
        {
            context.Response.Headers.RetryAfter = "30";
            await ApiErrors.Of(StatusCodes.Status503ServiceUnavailable, "Too many viewers watch this dashboard, or it ends; ask for the pages' data from time to time instead.").ExecuteAsync(context).ConfigureAwait(false);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            // Proxies are not to keep it back.
            context.Response.Headers["X-Accel-Buffering"] = "no";
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await context.Response.Body.WriteAsync("retry: 2000\nevent: hello\ndata: {}\n\n"u8.ToArray(), ended.Token).ConfigureAwait(false);
            await context.Response.Body.FlushAsync(ended.Token).ConfigureAwait(false);
            await foreach (ReadOnlyMemory<byte> frame in viewer.Frames.ReadAllAsync(ended.Token).ConfigureAwait(false))
            {
                await context.Response.Body.WriteAsync(frame, ended.Token).ConfigureAwait(false);
                if (!viewer.Frames.TryPeek(out _))
                    await context.Response.Body.FlushAsync(ended.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // He left, or the process ends.
        }
        finally
        {
            feed.Leave(viewer);
        }
    }
}
