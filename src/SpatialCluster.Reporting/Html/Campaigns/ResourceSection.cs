using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Time, memory and epochs of each method, and of each method on each dataset.</summary>
internal static class ResourceSection
{
    public static string Draw(CampaignView view)
    {
        CampaignRun[] runs = [.. view.Done.Where(run => run.Seconds is not null || run.CpuSeconds is not null || run.PeakMemoryBytes is not null || run.Epochs is not null)];
        if (runs.Length == 0)
            return "";
        Contestant[] rows = [.. view.Contestants.All.Where(contestant => runs.Any(run => run.Method == contestant.Method))];
        double longest = Math.Max(1e-9, rows.Max(row => Median(Of(runs, row), run => run.Seconds) ?? 0));
        var table = new StringBuilder("<table class=\"scores\"><thead><tr><th scope=\"col\">Method</th><th scope=\"col\" class=\"number\">Runs</th><th scope=\"col\" class=\"number\">Time</th><td></td><th scope=\"col\" class=\"number\">Longest</th><th scope=\"col\" class=\"number\">Processor time</th><th scope=\"col\" class=\"number\">Peak memory</th><th scope=\"col\" class=\"number\">Epochs</th></tr></thead><tbody>\n");
        foreach (Contestant row in rows)
        {
            CampaignRun[] own = Of(runs, row);
            double? seconds = Median(own, run => run.Seconds);
            string bar = seconds is { } some
                ? $"<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{Xml.Pixels(Math.Max(0.5, 100 * some / longest))}\" height=\"10\"/></svg>"
                : "";
            table.Append($"<tr>{Phrases.MethodCell(row)}<td class=\"number\">{own.Length:N0}</td>{Time(seconds)}<td class=\"bar\">{bar}</td>{Time(own.Max(run => run.Seconds))}{Cells(own)}</tr>\n");
        }

        table.Append("</tbody></table>");
        return "<p class=\"about\">Medians over datasets and seeds, of the training and what belongs to it. Times are wall-clock times of a run that may have shared its machine with others; processor time counts all cores.</p>\n"
            + Phrases.Scrolling("Time and memory of each method", table.ToString())
            + ByDataset(view, runs, rows);
    }

    private static string ByDataset(CampaignView view, CampaignRun[] runs, Contestant[] rows)
    {
        if (view.Datasets.Count < 2)
            return "";
        var table = new StringBuilder("<table class=\"scores\"><thead><tr><th scope=\"col\">Dataset</th><th scope=\"col\">Method</th><th scope=\"col\" class=\"number\">Time</th><th scope=\"col\" class=\"number\">Processor time</th><th scope=\"col\" class=\"number\">Peak memory</th><th scope=\"col\" class=\"number\">Epochs</th></tr></thead><tbody>\n");
        ILookup<(CampaignDataset, CampaignMethod), CampaignRun> lookup = runs.ToLookup(run => (run.Dataset, run.Method));
        foreach (CampaignDataset dataset in view.Datasets)
        {
            foreach (Contestant row in rows)
            {
                CampaignRun[] own = [.. lookup[(dataset, row.Method)]];
                if (own.Length > 0)
                    table.Append($"<tr><th scope=\"row\">{Xml.Escape(CampaignView.Name(dataset))}</th><td class=\"text\">{Xml.Escape(row.Name)}</td>{Time(Median(own, run => run.Seconds))}{Cells(own)}</tr>\n");
            }
        }

        return $"<details><summary>By dataset, medians over seeds</summary>{Phrases.Scrolling("Time and memory by dataset", table.Append("</tbody></table>").ToString())}</details>\n";
    }

    private static CampaignRun[] Of(CampaignRun[] runs, Contestant row) => [.. runs.Where(run => run.Method == row.Method)];

    private static double? Median(CampaignRun[] runs, Func<CampaignRun, double?> of) => Spread.Median(runs.Select(of).OfType<double>());

    private static string Cells(CampaignRun[] own)
    {
        double? memory = Median(own, run => run.PeakMemoryBytes), epochs = Median(own, run => run.Epochs);
        return Time(Median(own, run => run.CpuSeconds))
            + $"<td class=\"number\">{(memory is { } bytes ? Phrases.Memory(bytes) : "–")}</td><td class=\"number\">{(epochs is { } count ? count.ToString("#,0.#") : "–")}</td>";
    }

    private static string Time(double? seconds) => $"<td class=\"number\">{(seconds is { } some ? Tables.Duration(some) : "–")}</td>";
}
