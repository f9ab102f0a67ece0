using System.Security.Cryptography;
using System.Text;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Campaigns.Reports;

/// <summary>Gathers what a store knows of a campaign, finished or not, into a report.</summary>
/// <param name="records">The store.</param>
public sealed class CampaignReportBuilder(GrainRecords records)
{
    private readonly CampaignStore _campaigns = new(records);

    /// <summary>Gathers.</summary>
    /// <param name="plan">The campaign.</param>
    /// <param name="circumstances">What else the report tells.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The report.</returns>
    public async Task<CampaignReport> BuildAsync(CampaignPlan plan, ReportCircumstances circumstances, CancellationToken cancellation = default)
    {
        IReadOnlyList<ReportRow> rows = await _campaigns.RowsAsync(plan, cancellation).ConfigureAwait(false);
        var results = new Dictionary<GrainKey, GrainResult?>();
        foreach (GrainKey key in rows.SelectMany(r => new[] { r.Evaluation, r.Run, r.Slice }).Distinct())
            results[key] = await records.FindResultAsync(key, cancellation).ConfigureAwait(false);
        var table = CampaignTable.Of(rows, key => results[key]);
        var shown = new ShownMethods(rows);
        var machines = new SortedSet<string>(StringComparer.Ordinal);
        bool cancelled = await _campaigns.IsCancelledAsync(plan.Id, cancellation).ConfigureAwait(false);
        var runs = new List<CampaignRun>(table.Rows.Count);
        foreach (TableRow row in table.Rows)
            runs.Add(await RunAsync(row, shown, cancelled, machines, cancellation).ConfigureAwait(false));
        byte[] document = await _campaigns.DocumentAsync(plan.Id, cancellation).ConfigureAwait(false);
        Func<ContentDigest, Stream> open = digest => records.Content.OpenAsync(digest, cancellation).GetAwaiter().GetResult();
        return new CampaignReport
        {
            Title = plan.Name,
            Description = plan.Description,
            When = circumstances.When,
            Runs = runs,
            Agreements = [.. SeedComparison.Of(table, open, cancellation).Select(a => a with { Method = shown.Of(a.Method) })],
            Tissues = new TissueGathering(table, results, open, shown).Gather(),
            Provenance = new CampaignProvenance
            {
                Version = circumstances.Version,
                CommandLine = circumstances.CommandLine,
                Store = records.Store.Location,
                Document = Encoding.UTF8.GetString(document),
                DocumentDigest = Digest(document),
                PlanDigest = Digest(plan.ToJson()),
                ResultsDigest = (await _campaigns.ResultsDigestAsync(plan, cancellation).ConfigureAwait(false))?.Hex,
                Machines = [.. machines],
                Details = [new ReportEntry("Campaign", plan.Id)],
            },
        };
    }

    private static string Digest(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private async Task<CampaignRun> RunAsync(
        TableRow row, ShownMethods shown, bool cancelled, SortedSet<string> machines, CancellationToken cancellation)
    {
        AttemptMetrics? metrics = await records.FindMetricsAsync(row.Row.Run, cancellation).ConfigureAwait(false);
        if (metrics is not null)
            machines.Add($"{metrics.Machine}, {metrics.Device.Split(':')[0]}, {metrics.Threads} {(metrics.Threads == 1 ? "thread" : "threads")} a run");
        string? error = row.Figures is null ? await ErrorAsync(row.Row, cancellation).ConfigureAwait(false) : null;
        CampaignRun run = TableRecords.RunOf(row);
        return run with
        {
            Method = shown.Of(run.Method),
            Status = run.Status == CampaignRunStatus.Done ? run.Status : error is not null ? CampaignRunStatus.Failed : cancelled ? CampaignRunStatus.Cancelled : run.Status,
            Error = error,
            Seconds = metrics?.WorkSeconds,
            CpuSeconds = metrics is null ? null : metrics.WorkSeconds * metrics.Threads,
            PeakMemoryBytes = metrics?.PeakBytes,
        };
    }

    private async Task<string?> ErrorAsync(ReportRow row, CancellationToken cancellation)
    {
        foreach (GrainKey key in new[] { row.Evaluation, row.Run })
        {
            if (await records.FindFailureAsync(key, cancellation).ConfigureAwait(false) is { } failure)
                return failure.Message;
        }

        return null;
    }
}
