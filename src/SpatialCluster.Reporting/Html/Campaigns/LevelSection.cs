using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Charts;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Scores against the level of each perturbation (the paper's figure 2C), and by dataset where there is no level to speak of.</summary>
internal static class LevelSection
{
    private const int MostBlocks = 12;

    public static string Title(CampaignView view)
    {
        string[] kinds = [.. LevelBlocks.Of(view).Where(block => block.Levels.Length > 1).Select(block => block.Title).Distinct()];
        return kinds.Length == 1 ? $"Scores against {kinds[0]}" : kinds.Length > 1 ? "Scores against perturbations" : "Scores by dataset";
    }

    public static string Draw(CampaignView view)
    {
        List<LevelBlock> blocks = LevelBlocks.Of(view);
        if (blocks.Count == 0 || view.Leading.Count == 0)
            return "";
        var html = new StringBuilder("<p class=\"about\">Markers show the mean over the runs of a method, small points the single runs, upright lines reach from the smallest to the largest of them.");
        if (blocks.Count > MostBlocks)
            html.Append($" The first {MostBlocks} of {blocks.Count} groups of datasets are drawn; the tables that come with this page have all.");
        html.Append("</p>\n").Append(Legends.Methods(blocks.SelectMany(block => block.Methods).Distinct().OrderBy(contestant => contestant.Look.Index)));
        foreach (LevelBlock block in blocks.Take(MostBlocks))
        {
            html.Append($"<h3>{Xml.Escape(block.Heading)}</h3>\n");
            html.Append(block.Levels.Length > 1 ? Lines(view, block) : Dots(view, block)).Append(Numbers(view, block));
        }

        return html.ToString();
    }

    private static string Lines(CampaignView view, LevelBlock block)
    {
        var html = new StringBuilder("<div class=\"panels\">\n");
        foreach (CampaignMetric metric in view.Leading)
        {
            List<LevelSeries> series = [];
            foreach (Contestant contestant in block.Methods)
            {
                (double Level, MarkedValues? Values)[] points = [.. block.Levels.Select(level => (level, block.At(contestant, level, metric)))];
                if (points.Any(point => point.Values is not null))
                    series.Add(new LevelSeries(contestant.Name, contestant.Look, [.. points.Where(point => point.Values is not null).Select(point => (point.Level, point.Values!))]));
            }

            if (series.Count == 0)
                continue;
            string description = $"{metric.Title} against {block.Title} on {block.Family}: "
                + string.Join("; ", series.Select(s => $"{s.Name} from {Phrases.Score(s.Points[0].Values.Mean)} at {Xml.Figure(s.Points[0].Level)} to {Phrases.Score(s.Points[^1].Values.Mean)} at {Xml.Figure(s.Points[^1].Level)}"));
            html.Append($"<figure><figcaption>{Xml.Escape(metric.Symbol)}</figcaption>{LevelChart.Draw(series, block.Title, description, Phrases.Axis(CampaignView.Scores(view.Done, metric)))}</figure>\n");
        }

        return html.Append("</div>\n").ToString();
    }

    private static string Dots(CampaignView view, LevelBlock block)
    {
        var html = new StringBuilder("<div class=\"row\">\n");
        foreach (CampaignMetric metric in view.Leading)
        {
            List<DotSeries> series = [.. block.Methods.Select(contestant => new DotSeries(contestant.Name, contestant.Look, [.. block.Categories.Select(category => block.In(contestant, category, metric))]))];
            if (series.All(s => s.Values.All(values => values is null)))
                continue;
            string description = $"{metric.Title} of {Phrases.Count(series.Count, "method")} on {string.Join(", ", block.Categories)}: "
                + string.Join("; ", series.Where(s => s.Values.Any(v => v is not null)).Select(s => $"{s.Name} {string.Join(", ", s.Values.Select(v => v is null ? "none" : Phrases.Score(v.Mean)))}"));
            string chart = DotChart.Draw(block.Categories, series, description, Phrases.Axis(CampaignView.Scores(view.Done, metric)));
            html.Append($"<figure><figcaption>{Xml.Escape(metric.Symbol)}</figcaption>{Phrases.Scrolling($"{metric.Symbol} {block.Heading}", chart)}</figure>\n");
        }

        return html.Append("</div>\n").ToString();
    }

    private static string Numbers(CampaignView view, LevelBlock block)
    {
        var table = new StringBuilder($"<table class=\"scores\"><thead><tr><th scope=\"col\">Method</th><th scope=\"col\">{Xml.Escape(block.Levels.Length > 1 ? block.Title : "Dataset")}</th>");
        foreach (CampaignMetric metric in view.Leading)
            table.Append(Phrases.MetricHead(metric));
        table.Append("</tr></thead><tbody>\n");
        foreach (Contestant contestant in block.Methods)
        {
            for (int place = 0; place < Math.Max(block.Levels.Length, block.Categories.Count); place++)
            {
                bool byLevel = block.Levels.Length > 1;
                MarkedValues?[] cells = [.. view.Leading.Select(metric => byLevel ? block.At(contestant, block.Levels[place], metric) : block.In(contestant, block.Categories[place], metric))];
                if (cells.All(cell => cell is null))
                    continue;
                table.Append($"<tr>{Phrases.MethodCell(contestant)}<td class=\"text\">{Xml.Escape(byLevel ? Xml.Figure(block.Levels[place]) : block.Categories[place])}</td>");
                foreach (MarkedValues? cell in cells)
                    table.Append(Phrases.SpreadCell(cell is null ? null : Spread.Of([.. cell.Values])));
                table.Append("</tr>\n");
            }
        }

        return $"<details><summary>The numbers: {Xml.Escape(block.Heading)}</summary>{Phrases.Scrolling($"Numbers: {block.Heading}", table.Append("</tbody></table>").ToString())}</details>\n";
    }
}
