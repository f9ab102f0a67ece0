using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Charts;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Methods beside themselves with something switched off (the paper's figure 2D).</summary>
internal static class AblationSection
{
    public static string Draw(CampaignView view)
    {
        if (view.Leading.Count == 0)
            return "";
        List<string> parts = [];
        IEnumerable<IGrouping<Contestant?, Contestant>> groups = view.Contestants.All.Where(contestant => contestant.IsAblation).GroupBy(view.Contestants.WholeOf);
        foreach (IGrouping<Contestant?, Contestant> group in groups)
            parts.Add(OfMethod(view, group.Key, [.. group]));
        return parts.TrueForAll(part => part.Length == 0)
            ? ""
            : "<p class=\"about\">Bars show the mean, points the single runs, upright lines reach from the smallest to the largest of them. Only datasets on which every variant finished are counted, so that all bars of a chart mean the same datasets.</p>\n" + string.Concat(parts);
    }

    private static string OfMethod(CampaignView view, Contestant? whole, List<Contestant> ablated)
    {
        List<Contestant> variants = whole is null ? ablated : [whole, .. ablated];
        List<(Contestant Variant, CampaignRun[] Runs)> runs = [.. variants.Select(variant => (variant, view.DoneBy(variant).ToArray())).Where(pair => pair.Item2.Length > 0)];
        if (runs.Count == 0)
            return "";
        HashSet<CampaignDataset> shared = [.. runs[0].Runs.Select(run => run.Dataset)];
        foreach ((_, CampaignRun[] some) in runs)
            shared.IntersectWith(some.Select(run => run.Dataset));
        if (shared.Count == 0)
            return $"<p>The variants of {Xml.Escape(variants[0].Method.Title)} share no dataset on which all of them finished, so there is nothing to compare.</p>\n";
        string[] groups = [.. view.Leading.Select(metric => metric.Symbol)];
        List<BarSeries> series =
        [
            .. runs.Select((pair, i) => new BarSeries(
                pair.Variant.Name,
                i < 26 ? ((char)('A' + i)).ToString() : (i + 1).ToString(),
                pair.Variant.Look,
                [.. view.Leading.Select(metric => CampaignView.Scores(pair.Runs.Where(run => shared.Contains(run.Dataset)), metric)).Select(scores => scores.Length == 0 ? null : new MarkedValues(scores))])),
        ];
        double[] all = [.. series.SelectMany(s => s.Values).OfType<MarkedValues>().SelectMany(values => values.Values)];
        if (all.Length == 0)
            return "";
        string title = variants[0].Method.Title;
        string description = $"Bars of {string.Join(", ", groups)} for {title} and its ablations: "
            + string.Join("; ", series.Select(s => $"{s.Name} {string.Join(", ", s.Values.Select(v => v is null ? "none" : Phrases.Score(v.Mean)))}"));
        string chart = BarChart.Draw(groups, series, description, Phrases.Axis(all));
        return $"<h3>{Xml.Escape(title)}, {Phrases.Count(shared.Count, "dataset")}</h3>\n{Phrases.Scrolling($"Ablations of {title}", chart)}{Legend(series)}{Numbers(view, title, runs, shared)}";
    }

    private static string Legend(List<BarSeries> series)
    {
        var html = new StringBuilder("<ul class=\"legend\">\n");
        for (int i = 0; i < series.Count; i++)
        {
            html.Append($"<li><svg class=\"bar-key {series[i].Look.CssClass}\" viewBox=\"0 0 16 12\" aria-hidden=\"true\"><rect class=\"column\" x=\"1\" y=\"1\" width=\"14\" height=\"10\" fill-opacity=\"{BarChart.Opacity(i)}\"/></svg>")
                .Append($"<span><span class=\"label\">{series[i].Key}</span> {Xml.Escape(series[i].Name)}</span></li>\n");
        }

        return html.Append("</ul>\n").ToString();
    }

    private static string Numbers(CampaignView view, string title, List<(Contestant Variant, CampaignRun[] Runs)> runs, HashSet<CampaignDataset> shared)
    {
        var table = new StringBuilder("<table class=\"scores\"><thead><tr><th scope=\"col\">Variant</th><th scope=\"col\" class=\"number\">Runs</th>");
        foreach (CampaignMetric metric in view.Metrics)
            table.Append(Phrases.MetricHead(metric));
        table.Append("</tr></thead><tbody>\n");
        foreach ((Contestant variant, CampaignRun[] all) in runs)
        {
            CampaignRun[] counted = [.. all.Where(run => shared.Contains(run.Dataset))];
            table.Append($"<tr><th scope=\"row\">{Xml.Escape(variant.Name)}</th><td class=\"number\">{counted.Length:N0}</td>");
            foreach (CampaignMetric metric in view.Metrics)
                table.Append(Phrases.SpreadCell(Spread.Of(CampaignView.Scores(counted, metric))));
            table.Append("</tr>\n");
        }

        return $"<details><summary>The numbers: {Xml.Escape(title)}</summary>{Phrases.Scrolling($"Ablations of {title}", table.Append("</tbody></table>").ToString())}</details>\n";
    }
}
