using System.Text;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The bars of one variant in a chart of grouped bars.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">A letter that stands below each of its bars and in the legend.</param>
/// <param name="Look">Its colour.</param>
/// <param name="Values">One per group; null where there is none.</param>
internal sealed record BarSeries(string Name, string Key, SeriesLook Look, IReadOnlyList<MarkedValues?> Values);

/// <summary>Means as bars in groups, with a point for every value and a whisker from the smallest to the largest.</summary>
internal static class BarChart
{
    private const double Bar = 22;

    public static string Draw(IReadOnlyList<string> groups, IReadOnlyList<BarSeries> series, string description, (double Smallest, double Largest) range)
    {
        double perGroup = (series.Count * (Bar + 3)) + 26;
        double width = Math.Max(340, 70 + (groups.Count * perGroup));
        var frame = new ChartFrame(width, 300, left: 46, bottom: 54);
        StringBuilder svg = frame.Open(description, $" style=\"width:{Xml.Pixels(width)}px;max-width:none\"", "chart panel");
        Scale y = Scale.Linear(range.Smallest, range.Largest, frame.Bottom, frame.Top, wantedTicks: 6, tight: true);
        frame.AppendYAxis(svg, y, "");
        double step = (frame.Right - frame.Left) / Math.Max(1, groups.Count), zero = y.Place(Math.Clamp(0, range.Smallest, range.Largest));
        for (int group = 0; group < groups.Count; group++)
        {
            double middle = frame.Left + ((group + 0.5) * step);
            for (int s = 0; s < series.Count; s++)
            {
                double x = middle + ((s - ((series.Count - 1) / 2.0)) * (Bar + 3));
                svg.Append($"<text class=\"tick\" x=\"{Xml.Pixels(x)}\" y=\"{Xml.Pixels(frame.Bottom + 16)}\" text-anchor=\"middle\">{series[s].Key}</text>");
                if (series[s].Values[group] is { } values)
                    AppendBar(svg, values, x, y, zero, series[s], Opacity(s), groups[group]);
            }

            svg.Append($"<text class=\"axis-title\" x=\"{Xml.Pixels(middle)}\" y=\"{Xml.Pixels(frame.Bottom + 40)}\" text-anchor=\"middle\">{Xml.Escape(groups[group])}</text>\n");
        }

        frame.AppendXTitle(svg, "");
        return svg.Append("</svg>").ToString();
    }

    /// <summary>How strongly a bar is filled: the first, which is the whole method, fully, and the others ever less.</summary>
    public static string Opacity(int series) => Xml.Pixels(series == 0 ? 0.9 : Math.Max(0.1, 0.5 - (0.1 * (series - 1))));

    private static void AppendBar(StringBuilder svg, MarkedValues values, double x, Scale y, double zero, BarSeries series, string opacity, string group)
    {
        double top = y.Place(values.Mean), lowest = y.Place(values.Values.Min()), highest = y.Place(values.Values.Max());
        svg.Append($"<g class=\"{series.Look.CssClass}\"><rect class=\"column\" fill-opacity=\"{opacity}\" x=\"{Xml.Pixels(x - (Bar / 2))}\" y=\"{Xml.Pixels(Math.Min(top, zero))}\" width=\"{Xml.Pixels(Bar)}\" height=\"{Xml.Pixels(Math.Max(0.5, Math.Abs(zero - top)))}\">")
            .Append($"<title>{Xml.Escape(series.Name)}, {Xml.Escape(group)}: {Xml.Figure(values.Mean)} in {values.Values.Count} runs</title></rect></g>");
        if (values.Values.Count > 1)
        {
            svg.Append($"<g class=\"ink\"><path class=\"whisker\" d=\"M{Xml.Pixels(x)} {Xml.Pixels(lowest)}V{Xml.Pixels(highest)}\"/><path class=\"points\" d=\"");
            for (int i = 0; i < values.Values.Count; i++)
            {
                // Beside one another, so that equal values show.
                double aside = ((i % 5) - 2) * 2.6;
                svg.Append($"M{Xml.Pixels(x + aside)} {Xml.Pixels(y.Place(values.Values[i]))}h.01");
            }

            svg.Append("\"/></g>");
        }

        svg.Append('\n');
    }
}
