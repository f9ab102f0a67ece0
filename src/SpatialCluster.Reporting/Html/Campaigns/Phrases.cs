using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Numbers and names as the sections of the page write them.</summary>
internal static class Phrases
{
    public static string Count(int count, string thing) => $"{count:N0} {thing}{(count == 1 ? "" : "s")}";

    public static string Score(double score) => Math.Abs(score) >= 100 ? Xml.Figure(score).Replace('-', '−') : Fixed(score, "0.000");

    public static string Fixed(double score, string format)
    {
        string text = score.ToString(format).Replace('-', '−');
        // What rounds to zero has no sign.
        return text.Any(c => c is >= '1' and <= '9') ? text : text.TrimStart('−');
    }

    /// <summary>An axis for scores, most of which lie in 0 … 1, that ends where they do.</summary>
    public static (double Smallest, double Largest) Axis(double[] scores)
    {
        double smallest = Math.Min(0, scores.Min()), largest = scores.Max() is var most && most <= 1 ? 1 : most, air = 0.02 * (largest - smallest);
        return (smallest < 0 ? smallest - air : 0, largest + air);
    }

    public static string Memory(double bytes) => bytes >= 1 << 30 ? $"{bytes / (1 << 30):0.00} GB" : $"{bytes / (1 << 20):N0} MB";

    public static string Run(CampaignView view, CampaignRun run) => $"{view.Contestants[run.Method].Name} on {CampaignView.Name(run.Dataset)}, seed {run.Seed}";

    /// <summary>A method's name behind its marker, as the cell that heads a row.</summary>
    public static string MethodCell(Contestant contestant) =>
        $"<th scope=\"row\" class=\"name\"><svg class=\"{contestant.Look.CssClass}\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path class=\"marker\" d=\"{contestant.Look.Marker(6, 6, 4.4)}\"/></svg>{Xml.Escape(contestant.Name)}{(contestant.Method.IsControl ? " <span class=\"quiet\">control</span>" : "")}</th>";

    /// <summary>Mean and standard deviation as a cell.</summary>
    public static string SpreadCell(Spread? spread, bool best = false)
    {
        if (spread is not { } some)
            return "<td class=\"number\">–</td>";
        string star = best ? "<span class=\"star\" role=\"img\" aria-label=\"best\">★</span>" : "";
        string deviation = some.Deviation is { } sd ? $"<span class=\"sd\">± {Score(sd)}</span>" : "";
        return $"<td class=\"number{(best ? " best" : "")}\">{star}{Score(some.Mean)}{deviation}</td>";
    }

    public static string MetricHead(CampaignMetric metric)
    {
        string scib = metric.ScibName.Length > 0 ? $"; in scIB {metric.ScibName}" : "";
        return $"<th scope=\"col\" class=\"number metric\" title=\"{Xml.Escape($"{metric.Title} ({metric.Id}{scib})")}\">{Xml.Escape(metric.Symbol)}</th>";
    }

    /// <summary>A table that may be wider than the page.</summary>
    public static string Scrolling(string label, string table) => $"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Xml.Escape(label)}\">{table}</div>\n";
}
