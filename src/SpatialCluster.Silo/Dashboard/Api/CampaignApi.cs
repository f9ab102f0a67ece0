using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Silo.Dashboard.Model;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary><c>/campaigns</c>: all of them, one with its runs, its grains, its errors.</summary>
internal static class CampaignApi
{
    private const int MostGrains = 1000;

    // Viewers who ask within it share a look.
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(2);

    public static void Map(RouteGroupBuilder api, DashboardSource source, CampaignModels campaigns)
    {
        api.MapGet("/campaigns", (CancellationToken stop) => ListAsync(source, campaigns, stop));
        api.MapGet("/campaigns/{id}", async (string id, CancellationToken stop) =>
        {
            CampaignModel model = await SeenAsync(id, campaigns, stop).ConfigureAwait(false);
            return Reply.Of(new
            {
                campaign = Summary(model),
                canCancel = source.Engine is not null,
                document = await model.DocumentAsync(stop).ConfigureAwait(false),
                kinds = Kinds(model),
            });
        });
        api.MapGet("/campaigns/{id}/runs", async (string id, string? since, CancellationToken stop) =>
        {
            CampaignModel model = await SeenAsync(id, campaigns, stop).ConfigureAwait(false);
            IReadOnlyList<RowView> rows = await model.RowsAsync(stop).ConfigureAwait(false);
            return Reply.Of(CampaignRuns.View(model, rows, since));
        });
        api.MapGet("/campaigns/{id}/summary", async (string id, CancellationToken stop) =>
        {
            CampaignModel model = await SeenAsync(id, campaigns, stop).ConfigureAwait(false);
            return Reply.Of(CampaignRuns.Cells(await model.RowsAsync(stop).ConfigureAwait(false)));
        });
        api.MapGet("/campaigns/{id}/grains", async (string id, string? state, CancellationToken stop) =>
        {
            CampaignModel model = await SeenAsync(id, campaigns, stop).ConfigureAwait(false);
            GrainStanding? wanted = state is null ? null : Enum.TryParse(state, ignoreCase: true, out GrainStanding known) && !char.IsAsciiDigit(state[0]) ? known
                : throw new MissingException($"There is no state '{state}'; use waiting, running, done or failed.");
            GrainView[] all = [.. model.Grains.Where(g => wanted is null || g.Standing == wanted)];
            return Reply.Of(new { count = all.Length, grains = all.Take(MostGrains).Select(Grain) });
        });
        api.MapGet("/campaigns/{id}/errors", async (string id, CancellationToken stop) =>
        {
            CampaignModel model = await SeenAsync(id, campaigns, stop).ConfigureAwait(false);
            // What failed by itself first; the rest waited for it in vain.
            GrainView[] failed = [.. model.Grains.Where(g => g.Failure is not null).OrderBy(g => g.Failure!.Cause is not null)];
            return Reply.Of(new { count = failed.Length, errors = failed.Take(MostGrains).Select(Grain) });
        });
        api.MapPost("/campaigns/{id}/cancel", async (string id, CancellationToken stop) =>
        {
            CampaignModel model = await campaigns.FindAsync(id, stop).ConfigureAwait(false);
            if (source.Engine is not { } engine)
                return ApiErrors.Of(StatusCodes.Status403Forbidden, $"This dashboard only reads; run `spatialcluster campaign cancel {id}` on a machine that may write to the store.");
            bool first = await source.Campaigns.CancelAsync(id, stop).ConfigureAwait(false);
            engine.TellCancelled(id);
            await model.LookAsync(TimeSpan.Zero, stop).ConfigureAwait(false);
            return Results.Json(new { cancelled = true, first }, ApiJson.Options);
        });
    }

    /// <summary>A campaign as lists and events tell of it.</summary>
    public static object Summary(CampaignModel model)
    {
        CampaignSnapshot now = model.Now;
        return new
        {
            id = model.Plan.Id,
            name = model.Plan.Name,
            description = model.Plan.Description,
            submitted = model.Submitted,
            revision = now.Revision,
            grains = now.Grains,
            waiting = now.Waiting,
            running = now.Running,
            done = now.Done,
            failed = now.Failed,
            cancelled = now.Cancelled,
            active = now.Active,
            finished = now.IsFinished,
            lastDone = now.LastDone,
            grainsPerMinute = now.GrainsPerMinute,
            secondsLeft = now.SecondsLeft,
        };
    }

    /// <summary>A grain as lists tell of it.</summary>
    public static object Grain(GrainView grain) => new
    {
        key = grain.Grain.Key.ToString(),
        kind = grain.Grain.Key.Kind,
        title = grain.Grain.Title,
        code = grain.Grain.Code,
        lane = grain.Grain.Lane.ToString().ToLowerInvariant(),
        state = State(grain.Standing),
        done = grain.Done,
        attempt = grain.Claim?.Attempt ?? grain.Failure?.Attempt,
        error = grain.Failure?.Message,
        cause = grain.Failure?.Cause,
        forecastSeconds = grain.Grain.ForecastSeconds,
        forecastBytes = grain.Grain.ForecastBytes,
    };

    public static string State(GrainStanding standing) => standing.ToString().ToLowerInvariant();

    /// <summary>A campaign that was looked at just now.</summary>
    public static async Task<CampaignModel> SeenAsync(string id, CampaignModels campaigns, CancellationToken stop)
    {
        CampaignModel model = await campaigns.FindAsync(id, stop).ConfigureAwait(false);
        await model.LookAsync(s_fresh, stop).ConfigureAwait(false);
        return model;
    }

    private static async Task<IResult> ListAsync(DashboardSource source, CampaignModels campaigns, CancellationToken stop)
    {
        var views = new List<object>();
        foreach ((string id, CampaignModel? model, string? trouble) in await campaigns.AllAsync(stop).ConfigureAwait(false))
        {
            if (model is null)
            {
                views.Add(new { id, name = id, trouble });
                continue;
            }

            await model.LookAsync(model.Now.IsFinished ? TimeSpan.FromSeconds(30) : s_fresh, stop).ConfigureAwait(false);
            views.Add(Summary(model));
        }

        return Reply.Of(new { store = source.Records.Store.Location, readOnly = source.Engine is null, campaigns = views });
    }

    private static IEnumerable<object> Kinds(CampaignModel model) => model.Grains.GroupBy(g => g.Grain.Key.Kind, StringComparer.Ordinal).Select(kind => new
    {
        kind = kind.Key,
        waiting = kind.Count(g => g.Standing == GrainStanding.Waiting),
        running = kind.Count(g => g.Standing == GrainStanding.Running),
        done = kind.Count(g => g.Standing == GrainStanding.Done),
        failed = kind.Count(g => g.Standing == GrainStanding.Failed),
    });
}
