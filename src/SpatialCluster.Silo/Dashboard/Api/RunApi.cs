using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Silo.Dashboard.Model;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary><c>/campaigns/{id}/runs/{index}</c>: all that is known of a run.</summary>
internal static class RunApi
{
    private const int MostErrorText = 64 << 10;

    public static void Map(RouteGroupBuilder api, DashboardSource source, CampaignModels campaigns, StoredGrains grains)
    {
        api.MapGet("/campaigns/{id}/runs/{index:int}", async (string id, int index, CancellationToken stop) =>
        {
            CampaignModel model = await CampaignApi.SeenAsync(id, campaigns, stop).ConfigureAwait(false);
            IReadOnlyList<RowView> rows = await model.RowsAsync(stop).ConfigureAwait(false);
            if (index < 0 || index >= rows.Count)
                throw new MissingException($"The campaign '{id}' has no run {index}; it has {rows.Count}, from 0.");
            return Reply.Of(await ViewAsync(rows[index], rows.Count, model, source.Records, stop).ConfigureAwait(false));
        });
        api.MapGet("/runs/{digest}/losses", (string digest) => grains.ReplyAsync("training-run", digest, StoredRun.Losses, Reply.Json, LossesOf));
        api.MapGet("/runs/{digest}/attention", (string digest) => grains.ReplyAsync("training-run", digest, StoredRun.Attention, Reply.Json, AttentionSummary.Of));
    }

    private static byte[] LossesOf(GrainResult result, Func<ContentDigest, Stream> open)
    {
        (int epochs, int width, double[] values) = new StoredArrays(result, open).Table<double>(StoredRun.Losses);
        string[] terms = ["total", .. result.Values["terms"]!.AsArray().Select(t => (string)t!)];
        return ApiJson.Bytes(new
        {
            epochs,
            terms = terms.Take(width).Select((name, term) => new
            {
                name,
                values = Enumerable.Range(0, epochs).Select(epoch => values[(epoch * width) + term]).Select(v => double.IsFinite(v) ? (double?)Math.Round(v, 6) : null),
            }),
        });
    }

    private static async Task<object> ViewAsync(RowView row, int count, CampaignModel model, GrainRecords records, CancellationToken stop)
    {
        JsonObject spec = await records.ReadSpecAsync(row.Row.Run, stop).ConfigureAwait(false);
        JsonObject evaluation = await records.ReadSpecAsync(row.Row.Evaluation, stop).ConfigureAwait(false);
        GrainKey[] keys = [row.Row.Slice, .. model.Find(row.Row.Run)?.Grain.Inputs.Where(k => k != row.Row.Slice) ?? [], row.Row.Run, row.Row.Evaluation];
        var grains = new List<object>();
        foreach (GrainKey key in keys)
        {
            if (model.Find(key) is not { } grain)
                continue;
            GrainResult? result = grain.Standing == GrainStanding.Done ? await records.FindResultAsync(key, stop).ConfigureAwait(false) : null;
            grains.Add(new
            {
                grain = CampaignApi.Grain(grain),
                outputs = result?.Outputs.Select(o => new { name = o.Name, bytes = o.Bytes, sha256 = o.Digest.Hex }),
                notes = (result?.Values["notes"] as JsonArray)?.Select(n => (string?)n),
                attempts = await AttemptsAsync(key, records, stop).ConfigureAwait(false),
            });
        }

        GrainResult? run = model.Find(row.Row.Run)?.Standing == GrainStanding.Done ? await records.FindResultAsync(row.Row.Run, stop).ConfigureAwait(false) : null;
        GrainResult? found = row.Figures is null ? null : await records.FindResultAsync(row.Row.Evaluation, stop).ConfigureAwait(false);
        return new
        {
            campaign = CampaignApi.Summary(model),
            runs = count,
            run = CampaignRuns.Run(row, 0, 0),
            method = CampaignRuns.Method(TableRecords.MethodOf(row.Row)),
            scenario = CampaignRuns.Scenario(TableRecords.DatasetOf(row.Row)),
            slice = row.Row.Slice.Digest.Hex,
            sliceDone = model.Find(row.Row.Slice)?.Standing == GrainStanding.Done,
            trainingRun = row.Row.Run.Digest.Hex,
            evaluation = row.Row.Evaluation.Digest.Hex,
            options = spec["options"],
            seed = (ulong?)spec["seed"],
            backend = (string?)spec["backend"],
            modalities = spec["modalities"]?.AsArray().Select(m => (string?)m?["name"]),
            clustering = evaluation["clustering"],
            losses = run?.Find(StoredRun.Losses) is not null,
            attention = run?.Find(StoredRun.Attention) is not null,
            umap = found?.Find(EvaluationWork.Umap) is not null,
            finalLoss = (double?)run?.Values["final-loss"],
            width = (int?)run?.Values["width"],
            domains = row.Figures is { } f ? new { found = f.Domains, wanted = f.Wanted, reached = f.Reached, resolution = f.Resolution, sizes = f.Sizes, moran = f.Moran } : null,
            grains,
        };
    }

    private static async Task<IReadOnlyList<object>> AttemptsAsync(GrainKey key, GrainRecords records, CancellationToken stop)
    {
        string prefix = StoreLayout.Folder(key) + "attempts/";
        var parts = new SortedDictionary<int, (AttemptMetrics? Metrics, string? Error, bool Survived)>();
        await foreach (ArtifactInfo info in records.Store.ListAsync(prefix, stop).ConfigureAwait(false))
        {
            string[] rest = info.Name.Value[prefix.Length..].Split('/');
            if (rest.Length != 2 || !int.TryParse(rest[0], NumberStyles.None, CultureInfo.InvariantCulture, out int attempt))
                continue;
            var known = parts.GetValueOrDefault(attempt);
            if (rest[1] == "survived.txt")
                parts[attempt] = known with { Survived = true };
            else if (await records.ReadAsync(info.Name, stop).ConfigureAwait(false) is { } bytes)
                parts[attempt] = rest[1] == "metrics.json" ? known with { Metrics = AttemptMetrics.Parse(bytes) } : rest[1] == "error.txt" ? known with { Error = Text(bytes) } : known;
        }

        return [.. parts.Select(p => new
        {
            attempt = p.Key,
            error = p.Value.Error,
            survived = p.Value.Survived ? true : (bool?)null,
            seconds = p.Value.Metrics?.Seconds,
            workSeconds = p.Value.Metrics?.WorkSeconds,
            peakBytes = p.Value.Metrics?.PeakBytes,
            device = p.Value.Metrics?.Device,
            threads = p.Value.Metrics?.Threads,
            machine = p.Value.Metrics?.Machine,
            ended = p.Value.Metrics?.Ended,
            resumed = p.Value.Metrics?.Resumed,
        })];
    }

    private static string Text(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes, 0, int.Min(bytes.Length, MostErrorText)) + (bytes.Length > MostErrorText ? "\n… (the rest is in the store)" : "");
}
