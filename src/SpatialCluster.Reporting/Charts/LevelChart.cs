using System.Text;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Charts;

/// <summary>A line of a chart of levels.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Look">How it is told from others.</param>
/// <param name="Points">By level, rising.</param>
internal sealed record LevelSeries(string Name, SeriesLook Look, IReadOnlyList<(double Level, MarkedValues Values)> Points);

/// <summary>A score against the level of something, a line for each method; small, to stand in a row of its kind.</summary>
internal static class LevelChart
{
    public static string Draw(IReadOnlyList<LevelSeries> series, string xTitle, string description, (double Smallest, double Largest) range)
    {
        var frame = new ChartFrame(300, 236, left: 38, bottom: 42);
        StringBuilder svg = frame.Open(description, kind: "chart panel");
        double[] levels = [.. series.SelectMany(line => line.Points).Select(point => point.Level)];
        double low = levels.Min(), high = levels.Max();
        // Lines that would lie over one another stand a little apart.
        double apart = Math.Min(4, 22.0 / Math.Max(1, series.Count)), reach = ((series.Count - 1) / 2.0 * apart) + 6;
        Scale x = Scale.Linear(low, high, frame.Left + reach, frame.Right - reach, wantedTicks: 5, tight: true);
        Scale y = Scale.Linear(range.Smallest, range.Largest, frame.Bottom, frame.Top, wantedTicks: 6, tight: true);
        frame.AppendYAxis(svg, y, "");
        frame.AppendXAxis(svg, x, xTitle);
        for (int s = series.Count - 1; s >= 0; s--)
        {
            LevelSeries line = series[s];
            double shift = (s - ((series.Count - 1) / 2.0)) * apart;
            svg.Append($"<g class=\"{line.Look.CssClass}\"><path class=\"line\"{line.Look.DashAttribute} d=\"");
            for (int i = 0; i < line.Points.Count; i++)
                svg.Append(i == 0 ? 'M' : 'L').Append($"{Xml.Pixels(x.Place(line.Points[i].Level) + shift)} {Xml.Pixels(y.Place(line.Points[i].Values.Mean))}");
            svg.Append("\"/>\n");
            foreach ((double level, MarkedValues values) in line.Points)
                values.Append(svg, x.Place(level) + shift, y, line.Look, $"{line.Name} at {Xml.Figure(level)}", 3.6);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>").ToString();
    }
}
