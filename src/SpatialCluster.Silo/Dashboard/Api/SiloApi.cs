using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Silo.Dashboard.Model;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary><c>/silos</c>: who works, on what.</summary>
internal static class SiloApi
{
    public static void Map(RouteGroupBuilder api, DashboardSource source)
    {
        api.MapGet("/silos", async (CancellationToken stop) =>
        {
            DateTimeOffset now = source.Clock.GetUtcNow();
            IReadOnlyList<SiloBeacon> silos = await source.Silos.ListAsync(stop).ConfigureAwait(false);
            var views = new List<object>(silos.Count);
            foreach (SiloBeacon silo in silos)
                views.Add(View(silo, now));
            return Reply.Of(new { canDrain = source.Engine is not null, now, silos = views });
        });
        api.MapPost("/silos/{id}/drain", async (string id, CancellationToken stop) =>
        {
            if (source.Engine is null)
                return ApiErrors.Of(StatusCodes.Status403Forbidden, $"This dashboard only reads; run `spatialcluster silo drain {(CampaignModels.IsId(id) ? id : "ID")}` on a machine that may write to the store.");
            if (!CampaignModels.IsId(id) || !(await source.Silos.ListAsync(stop).ConfigureAwait(false)).Any(s => s.Id == id))
                throw new MissingException($"There is no silo '{id}' in this store; the list of silos names those there are.");
            bool first = await source.Silos.DrainAsync(id, stop).ConfigureAwait(false);
            return Results.Json(new { asked = true, first }, ApiJson.Options);
        });
    }

    /// <summary>A silo as the API tells of it; what changes with every beacon is left out where asked.</summary>
    public static object View(SiloBeacon silo, DateTimeOffset now, bool said = true) => new
    {
        id = silo.Id,
        machine = silo.Machine,
        program = silo.Program,
        engine = silo.Engine,
        state = silo.State.ToString().ToLowerInvariant(),
        live = silo.IsLive(now),
        started = silo.Started,
        said = said ? silo.Said : (DateTimeOffset?)null,
        memoryLimit = silo.MemoryLimit,
        address = silo.Address,
        codes = silo.Codes,
        devices = silo.Devices.Select(d => new
        {
            name = d.Name,
            lane = d.Lane,
            threads = d.Threads,
            campaign = d.Campaign,
            grain = d.Grain,
            title = d.Title,
            stage = d.Stage,
            epoch = d.Epoch,
            epochs = d.Epochs,
            since = d.Since,
        }),
    };
}
