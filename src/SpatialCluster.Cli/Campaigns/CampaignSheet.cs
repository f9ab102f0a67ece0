using System.Globalization;
using SpatialCluster.Cli.Outputs;
using SpatialCluster.Cli.Progress;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>A campaign for people.</summary>
internal static class CampaignSheet
{
    public static void Write(Sheet sheet, CampaignSummary summary)
    {
        sheet.Title($"Campaign {summary.Id}");
        sheet.Facts(Facts(summary));
        foreach (IGrouping<string, MethodScores> dataset in summary.Methods.GroupBy(m => m.Dataset))
            WriteDataset(sheet, dataset.Key, [.. dataset]);
        if (summary.Errors.Count > 0)
        {
            sheet.Title($"{summary.FailedRuns} of {summary.Runs} runs failed");
            foreach (string error in summary.Errors)
                sheet.Line($"  · {error}");
        }

        sheet.Notes(summary.Notes);
        sheet.Line();
        sheet.Line($"Open {Path.GetFullPath(summary.Outputs.Html)} in a browser.");
    }

    private static IEnumerable<(string Name, string Value)> Facts(CampaignSummary summary)
    {
        string grains = summary.Outcome is { } outcome
            ? $"{summary.Grains:N0}: {outcome.Done:N0} done now, {outcome.Reused:N0} found done{(outcome.Failed > 0 ? $", {outcome.Failed:N0} failed" : "")}"
            : $"{summary.Grains:N0}";
        yield return ("grains", grains);
        yield return ("runs", $"{summary.Runs:N0}{(summary.FailedRuns > 0 ? $", {summary.FailedRuns:N0} failed" : "")}{(summary.MissingRuns > 0 ? $", {summary.MissingRuns:N0} not run" : "")}");
        if (summary.Seconds is { } seconds)
            yield return ("time", Duration.Text(seconds));
        yield return ("store", summary.Store);
        if (summary.ResultsDigest is { } digest)
            yield return ("results", $"sha256:{digest}");
    }

    // Methods in rows, levels in columns: the mean ARI where the truth is known, else Moran's I.
    private static void WriteDataset(Sheet sheet, string dataset, IReadOnlyList<MethodScores> scores)
    {
        bool truth = scores.Any(s => s.Ari is not null);
        (string Kind, double? Level)[] levels = [.. scores.Select(s => (s.Perturbation, s.Level)).Distinct()];
        (string Method, string Ablation, string Clusterer)[] methods = [.. scores.Select(KeyOf).Distinct()];
        bool clusterers = methods.Select(m => m.Clusterer).Distinct(StringComparer.Ordinal).Count() > 1;
        sheet.Line();
        sheet.Title($"{dataset}: {(truth ? "ARI, mean ± deviation over seeds" : "Moran’s I of the domains, mean over seeds")}");
        sheet.Table(
            ["method", .. levels.Select(l => l.Kind == "none" ? "unperturbed" : $"{l.Kind.Replace('_', ' ')} {l.Level?.ToString("0.###", CultureInfo.InvariantCulture)}"), "seconds"],
            methods.Select(m => (IReadOnlyList<string>)
            [
                string.Join(", ", new[] { m.Method, m.Ablation, clusterers ? m.Clusterer : "" }.Where(part => part.Length > 0)),
                .. levels.Select(l => Cell(scores.FirstOrDefault(s => KeyOf(s) == m && (s.Perturbation, s.Level) == l), truth)),
                Median(scores.Where(s => KeyOf(s) == m)),
            ]));
    }

    private static (string Method, string Ablation, string Clusterer) KeyOf(MethodScores scores) => (scores.Method, scores.Ablation, scores.Clusterer);

    private static string Cell(MethodScores? scores, bool truth) => (truth ? scores?.Ari : scores?.Moran) is not { } value
        ? "–"
        : value.ToString("0.000", CultureInfo.InvariantCulture) + (truth && scores!.AriDeviation is { } deviation ? $" ± {deviation.ToString("0.000", CultureInfo.InvariantCulture)}" : "");

    private static string Median(IEnumerable<MethodScores> scores)
    {
        double[] seconds = [.. scores.Select(s => s.Seconds).OfType<double>().Order()];
        return seconds.Length == 0 ? "–" : seconds[seconds.Length / 2].ToString("0.0", CultureInfo.InvariantCulture);
    }
}
