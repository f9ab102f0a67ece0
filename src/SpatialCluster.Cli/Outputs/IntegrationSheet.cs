using System.Globalization;
using SpatialCluster.Cli.Integration;
using SpatialCluster.Cli.Progress;

namespace SpatialCluster.Cli.Outputs;

/// <summary>What an integration found, for people.</summary>
internal static class IntegrationSheet
{
    public static void Write(Sheet sheet, IntegrationSummary summary)
    {
        sheet.Title($"{summary.Slice}: {summary.Spots:N0} spots in {summary.Domains} domains");
        sheet.Facts(Facts(summary));
        sheet.Table(
            ["modality", "kind", "features", "used", "mean attention"],
            summary.Modalities.Select(m => new[] { m.Name, m.Kind, m.Features.ToString("N0", CultureInfo.InvariantCulture), m.Width.ToString("N0", CultureInfo.InvariantCulture), Number(m.MeanAttention, "0.00") }));
        sheet.Notes(summary.Notes);
        sheet.Title("Written");
        OutputSummary outputs = summary.Outputs;
        foreach (string path in new[] { outputs.H5ad, outputs.Report, outputs.Csv, outputs.Model }.OfType<string>().Concat(outputs.Pictures))
            sheet.Line($"  {path}");
    }

    private static IEnumerable<(string Name, string Value)> Facts(IntegrationSummary summary)
    {
        yield return ("method", $"{summary.Method}, {summary.Preset}, seed {summary.Seed}");
        yield return ("training", summary.FinalLoss is { } loss
            ? string.Create(CultureInfo.InvariantCulture, $"{summary.Epochs:N0} epochs in {Duration.Text(summary.TrainSeconds)}, final loss {loss:G5}")
            : "none: a saved model was applied");
        yield return ("domains", $"{summary.Domains} at resolution {Number(summary.DomainSearch.Resolution, "0.####")}{(summary.DomainSearch.Reached ? "" : $" ({summary.DomainSearch.Wanted} were wanted)")}");
        yield return ("Moran's I", Number(summary.Moran, "0.000"));
        if (summary.Scores is { } scores)
        {
            yield return ($"against {scores.Truth}", string.Create(
                CultureInfo.InvariantCulture, $"ARI {scores.Ari:0.000}, AMI {scores.Ami:0.000}, NMI {scores.Nmi:0.000} on {scores.Spots:N0} spots with {scores.TruthLabels} labels"));
        }

        yield return ("took", string.Create(CultureInfo.InvariantCulture, $"{Duration.Text(summary.TotalSeconds)} on {summary.Threads} threads, {summary.PeakMemoryMb:N0} MB at most"));
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";
}
