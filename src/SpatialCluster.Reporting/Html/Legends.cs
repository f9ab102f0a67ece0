using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html;

/// <summary>Legends as lists, for any chart or map of a page.</summary>
internal static class Legends
{
    public static string Labels(IReadOnlyList<LegendEntry> entries)
    {
        var html = new StringBuilder("<ul class=\"legend\">\n");
        foreach (LegendEntry entry in entries)
        {
            html.Append($"<li><svg class=\"dot\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><circle cx=\"6\" cy=\"6\" r=\"6\" fill=\"{entry.Colour}\"/></svg><span><span class=\"label\">{Xml.Escape(entry.Label)}</span>");
            html.Append(entry.Note.Length > 0 ? $" <span class=\"quiet\">{Xml.Escape(entry.Note)}</span></span></li>\n" : "</span></li>\n");
        }

        return html.Append("</ul>").ToString();
    }

    public static string Methods(IEnumerable<Contestant> contestants)
    {
        var html = new StringBuilder("<ul class=\"legend\">\n");
        foreach (Contestant contestant in contestants)
        {
            html.Append($"<li><svg class=\"line-key {contestant.Look.CssClass}\" viewBox=\"0 0 38 12\" aria-hidden=\"true\"><path class=\"line\"{contestant.Look.DashAttribute} d=\"M1 6H37\"/><path class=\"marker\" d=\"{contestant.Look.Marker(19, 6, 4)}\"/></svg>")
                .Append($"<span class=\"label\">{Xml.Escape(contestant.Name)}</span>{(contestant.Method.IsControl ? " <span class=\"quiet\">control</span>" : "")}</li>\n");
        }

        return html.Append("</ul>").ToString();
    }
}
