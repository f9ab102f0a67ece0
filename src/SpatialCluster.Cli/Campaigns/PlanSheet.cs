using System.Globalization;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Cli.Progress;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>What a campaign would do, for people.</summary>
internal static class PlanSheet
{
    public static void Write(Sheet sheet, PlannedCampaign campaign, PlanSummary summary, int cores)
    {
        sheet.Title($"Campaign {campaign.Plan.Id}: {summary.Datasets} datasets, {summary.Scenarios} with their perturbations, {summary.Seeds} seeds, {summary.Rows:N0} runs to report");
        sheet.Table(
            ["grains", "all", "done", "to do"],
            [.. summary.Kinds.Append(summary.Total).Select(Row)]);
        sheet.Table(["training runs", "all", "done", "to do"], summary.Methods.Select(Row));
        sheet.Facts(Facts(summary, cores));
        sheet.Notes(campaign.Notes);
    }

    private static string[] Row(PlanCount count) => [count.Name, Number(count.All), Number(count.Done), Number(count.All - count.Done)];

    private static IEnumerable<(string Name, string Value)> Facts(PlanSummary summary, int cores)
    {
        if (summary.Largest is { } largest)
            yield return ("most memory at a time", $"{largest.ForecastBytes / 1048576.0:N0} MiB for {largest.Title}");
        yield return ("time on one core", $"about {Duration.Text(summary.RemainingSeconds)} of {Duration.Text(summary.TotalSeconds)}, a rough forecast");
        yield return (
            $"time on {cores} {(cores == 1 ? "core" : "cores")}", $"about {Duration.Text(double.Max(summary.RemainingSeconds / cores, summary.CriticalPathSeconds))}; no number of machines takes less than {Duration.Text(summary.CriticalPathSeconds)}");
    }

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
