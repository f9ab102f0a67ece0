using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>The scores of each method over all datasets and seeds, and what the columns mean.</summary>
internal static class SummarySection
{
    public static string Draw(CampaignView view)
    {
        if (view.Done.Count == 0)
            return $"<p class=\"empty\">No run has finished{(view.Report.Runs.Count == 0 ? "; there is none in the plan" : "")}. Scores will stand here once one has.</p>";
        bool agreements = view.Report.Agreements.Count > 0;
        var html = new StringBuilder("<p class=\"about\">Mean ± standard deviation over datasets and seeds");
        html.Append(view.Contestants.Full.Count(c => !c.Method.IsControl) > 1 ? "; ★ marks the best of each column, controls aside." : ".");
        html.Append(Lopsided(view) ? " Methods with fewer finished runs are averaged over fewer datasets, which may be the easier or the harder ones.</p>\n" : "</p>\n");
        html.Append(Phrases.Scrolling("Scores of each method", Table(view, agreements)));
        html.Append(ByDataset(view)).Append(AgreementByDataset(view)).Append(Meanings(view));
        return html.ToString();
    }

    private static string Table(CampaignView view, bool agreements)
    {
        IReadOnlyList<Contestant> rows = view.Contestants.Full.Count > 0 ? view.Contestants.Full : view.Contestants.All;
        var html = new StringBuilder("<table class=\"scores\"><thead><tr><th scope=\"col\">Method</th><th scope=\"col\" class=\"number\">Runs</th>");
        foreach (CampaignMetric metric in view.Metrics)
            html.Append(Phrases.MetricHead(metric));
        html.Append(agreements ? "<th scope=\"col\" class=\"number metric\" title=\"Adjusted Rand index between the domains of two seeds\">ARI between seeds</th>" : "").Append("</tr></thead><tbody>\n");
        bool[][] best = [.. view.Metrics.Select(metric => Best([.. rows.Select(row => Of(view, row, metric))], rows, metric.LargerIsBetter))];
        bool[] bestAgreement = Best([.. rows.Select(row => Agreement(view, row))], rows, largerIsBetter: true);
        for (int row = 0; row < rows.Count; row++)
        {
            Contestant contestant = rows[row];
            int planned = view.Report.Runs.Count(run => run.Method == contestant.Method), done = view.DoneBy(contestant).Count();
            html.Append("<tr>").Append(Phrases.MethodCell(contestant)).Append($"<td class=\"number\">{done:N0}{(done == planned ? "" : $"<span class=\"sd\">of {planned:N0}</span>")}</td>");
            for (int m = 0; m < view.Metrics.Count; m++)
                html.Append(Phrases.SpreadCell(Of(view, contestant, view.Metrics[m]), best[m][row]));
            html.Append(agreements ? Phrases.SpreadCell(Agreement(view, contestant), bestAgreement[row]) : "").Append("</tr>\n");
        }

        return html.Append("</tbody></table>").ToString();
    }

    private static Spread? Of(CampaignView view, Contestant contestant, CampaignMetric metric) => Spread.Of(CampaignView.Scores(view.DoneBy(contestant), metric));

    private static Spread? Agreement(CampaignView view, Contestant contestant) =>
        Spread.Of([.. view.Report.Agreements.Where(agreement => agreement.Method == contestant.Method && double.IsFinite(agreement.Mean)).Select(agreement => agreement.Mean)]);

    /// <summary>Which rows are best to the digits shown; none where fewer than two compete.</summary>
    private static bool[] Best(Spread?[] spreads, IReadOnlyList<Contestant> rows, bool largerIsBetter)
    {
        double?[] means = [.. spreads.Select((spread, row) => rows[row].Method.IsControl || spread is null ? (double?)null : Math.Round(spread.Value.Mean, 3))];
        if (means.Count(mean => mean is not null) < 2)
            return new bool[rows.Count];
        double? best = largerIsBetter ? means.Max() : means.Min();
        return [.. means.Select(mean => mean is { } some && some == best)];
    }

    private static bool Lopsided(CampaignView view) => view.Contestants.Full.Select(contestant => view.DoneBy(contestant).Count()).Distinct().Count() > 1;

    private static string ByDataset(CampaignView view)
    {
        if (view.Datasets.Count < 2 || view.Leading.Count == 0)
            return "";
        CampaignMetric metric = view.Leading[0];
        ILookup<(CampaignDataset, CampaignMethod), double> scores = view.Done.Where(run => run.Score(metric.Id) is not null)
            .ToLookup(run => (run.Dataset, run.Method), run => run.Score(metric.Id)!.Value);
        return Matrix($"{metric.Symbol} by dataset", view, metric.LargerIsBetter, (dataset, method) => Spread.Of([.. scores[(dataset, method)]]));
    }

    private static string AgreementByDataset(CampaignView view)
    {
        ILookup<(CampaignDataset, CampaignMethod), SeedAgreement> found = view.Report.Agreements.ToLookup(agreement => (agreement.Dataset, agreement.Method));
        return found.Count == 0 ? "" : Matrix(
            "ARI between seeds by dataset",
            view,
            largerIsBetter: true,
            (dataset, method) => found[(dataset, method)].FirstOrDefault() is { } some ? new Spread(some.Pairs, some.Mean, null, some.Least, some.Mean) : null);
    }

    private static string Matrix(string title, CampaignView view, bool largerIsBetter, Func<CampaignDataset, CampaignMethod, Spread?> of)
    {
        IReadOnlyList<Contestant> columns = view.Contestants.Full;
        var html = new StringBuilder($"<details><summary>{Xml.Escape(title)}</summary>");
        var table = new StringBuilder("<table class=\"scores\"><thead><tr><th scope=\"col\">Dataset</th>");
        foreach (Contestant column in columns)
            table.Append($"<th scope=\"col\" class=\"number\">{Xml.Escape(column.Name)}</th>");
        table.Append("</tr></thead><tbody>\n");
        foreach (CampaignDataset dataset in view.Datasets)
        {
            Spread?[] cells = [.. columns.Select(column => of(dataset, column.Method))];
            bool[] best = Best(cells, columns, largerIsBetter);
            table.Append($"<tr><th scope=\"row\">{Xml.Escape(CampaignView.Name(dataset))}</th>");
            for (int i = 0; i < cells.Length; i++)
                table.Append(Phrases.SpreadCell(cells[i], best[i]));
            table.Append("</tr>\n");
        }

        return html.Append(Phrases.Scrolling(title, table.Append("</tbody></table>").ToString())).Append("</details>\n").ToString();
    }

    private static string Meanings(CampaignView view)
    {
        var table = new StringBuilder("<table class=\"scores\"><thead><tr><th scope=\"col\">Column</th><th scope=\"col\">Metric</th><th scope=\"col\">metric_id</th><th scope=\"col\">In scIB</th><th scope=\"col\">Meaning</th></tr></thead><tbody>\n");
        foreach (CampaignMetric metric in view.Metrics)
        {
            table.Append($"<tr><th scope=\"row\">{Xml.Escape(metric.Symbol)}</th><td class=\"text\">{Xml.Escape(metric.Title)}</td><td class=\"text\"><code>{Xml.Escape(metric.Id)}</code></td>")
                .Append($"<td class=\"text\">{(metric.ScibName.Length > 0 ? $"<code>{Xml.Escape(metric.ScibName)}</code>" : "–")}</td><td class=\"text\">{Xml.Escape(metric.About)} {(metric.LargerIsBetter ? "Larger is better." : "Smaller is better.")}</td></tr>\n");
        }

        return $"<details><summary>What the columns mean</summary>{Phrases.Scrolling("Metrics", table.Append("</tbody></table>").ToString())}</details>\n";
    }
}
