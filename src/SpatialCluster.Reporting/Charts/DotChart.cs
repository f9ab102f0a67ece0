using System.Text;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The marks of one series in a chart of categories.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Look">How it is told from others.</param>
/// <param name="Values">One per category; null where there is none.</param>
internal sealed record DotSeries(string Name, SeriesLook Look, IReadOnlyList<MarkedValues?> Values);

/// <summary>Scores by category, such as dataset, the methods side by side.</summary>
internal static class DotChart
{
    private const double Pitch = 13;
    private const int LongestLabel = 22;

    public static string Draw(IReadOnlyList<string> categories, IReadOnlyList<DotSeries> series, string description, (double Smallest, double Largest) range)
    {
        double perCategory = Math.Max(56, (series.Count * Pitch) + 20);
        bool slanted = categories.Any(category => category.Length > perCategory / 7);
        double left = slanted ? 96 : 44;
        double width = Math.Max(300, left + 22 + (categories.Count * perCategory));
        var frame = new ChartFrame(width, slanted ? 330 : 240, left, bottom: slanted ? 120 : 34);
        StringBuilder svg = frame.Open(description, $" style=\"width:{Xml.Pixels(width)}px;max-width:none\"", "chart panel");
        Scale y = Scale.Linear(range.Smallest, range.Largest, frame.Bottom, frame.Top, wantedTicks: 6, tight: true);
        frame.AppendYAxis(svg, y, "");
        double step = (frame.Right - frame.Left) / Math.Max(1, categories.Count);
        for (int border = 1; border < categories.Count; border++)
            svg.Append($"<line class=\"grid\" x1=\"{Xml.Pixels(frame.Left + (border * step))}\" x2=\"{Xml.Pixels(frame.Left + (border * step))}\" y1=\"{Xml.Pixels(frame.Top)}\" y2=\"{Xml.Pixels(frame.Bottom)}\"/>\n");
        for (int s = 0; s < series.Count; s++)
        {
            svg.Append($"<g class=\"{series[s].Look.CssClass}\">\n");
            for (int category = 0; category < categories.Count; category++)
            {
                double x = frame.Left + ((category + 0.5) * step) + ((s - ((series.Count - 1) / 2.0)) * Pitch);
                series[s].Values[category]?.Append(svg, x, y, series[s].Look, $"{series[s].Name}, {categories[category]}", 4);
            }

            svg.Append("</g>\n");
        }

        frame.AppendCategories(svg, categories, slanted, LongestLabel);
        frame.AppendXTitle(svg, "");
        return svg.Append("</svg>").ToString();
    }
}
