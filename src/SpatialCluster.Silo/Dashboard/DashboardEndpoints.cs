using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SpatialCluster.Silo.Dashboard.Api;
using SpatialCluster.Silo.Dashboard.Live;
using SpatialCluster.Silo.Dashboard.Model;
using SpatialCluster.Silo.Dashboard.Pages;
using SpatialCluster.Silo.Dashboard.Slices;

namespace SpatialCluster.Silo.Dashboard;

/// <summary>The dashboard: its API under <c>/api/v1</c>, and its pages.</summary>
public static class DashboardEndpoints
{
    /// <summary>Maps the API and the pages; who may ask is decided by who maps.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="source">What is shown.</param>
    /// <returns>The API without the pages, which hold nothing of anybody's.</returns>
    public static RouteGroupBuilder Map(IEndpointRouteBuilder routes, DashboardSource source) =>
        Map(routes, source, new DashboardPace(), Path.Combine(AppContext.BaseDirectory, "web")).Api;

    internal static (RouteGroupBuilder Api, LiveFeed Feed) Map(IEndpointRouteBuilder routes, DashboardSource source, DashboardPace pace, string pages)
    {
        ArgumentNullException.ThrowIfNull(routes);
        ArgumentNullException.ThrowIfNull(source);
        ILogger log = routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("SpatialCluster.Dashboard");
        CancellationToken stopping = routes.ServiceProvider.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        var campaigns = new CampaignModels(source);
        var feed = new LiveFeed(source, campaigns, pace, log);
        stopping.Register(feed.Dispose);
        var grains = new StoredGrains(source.Records);

        RouteGroupBuilder api = routes.MapGroup("/api/v1");
        api.AddEndpointFilter(ApiErrors.Catch);
        api.AddEndpointFilter(RefuseForms);
        CampaignApi.Map(api, source, campaigns);
        RunApi.Map(api, source, campaigns, grains);
        SliceApi.Map(api, grains, new FeatureShelf(source.Records));
        SiloApi.Map(api, source);
        EventApi.Map(api, feed, stopping);
        api.MapGet("/{**rest}", (string? rest) => ApiErrors.Of(StatusCodes.Status404NotFound, $"There is nothing at /api/v1/{rest}; docs/dashboard.md lists what there is."));
        WebPages.Map(routes, pages);
        return (api, feed);
    }

    // A page of another origin can send a form to whoever listens on loopback; JSON it cannot send unasked.
    private static async ValueTask<object?> RefuseForms(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        return HttpMethods.IsPost(request.Method) && !request.HasJsonContentType()
            ? ApiErrors.Of(StatusCodes.Status415UnsupportedMediaType, "Send this request with 'Content-Type: application/json'; its body may be {}.")
            : await next(context).ConfigureAwait(false);
    }
}
