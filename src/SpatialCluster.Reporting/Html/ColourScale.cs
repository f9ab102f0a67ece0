using System.Text;
using SpatialCluster.Reporting.Charts;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html;

/// <summary>The key of a continuous colour scale.</summary>
internal static class ColourScale
{
    private const int Stops = 16;

    public static string Draw(double smallest, double largest)
    {
        Scale scale = Scale.Linear(smallest, largest, 10, 410, wantedTicks: 4, tight: true);
        var svg = new StringBuilder($"<svg class=\"scale\" viewBox=\"0 0 420 36\" role=\"img\" aria-label=\"Colour scale from {Xml.Figure(smallest)}, dark violet, to {Xml.Figure(largest)}, yellow\">\n");
        svg.Append("<defs><linearGradient id=\"scale\">");
        for (int stop = 0; stop <= Stops; stop++)
            svg.Append($"<stop offset=\"{Xml.Pixels(100.0 * stop / Stops)}%\" stop-color=\"{SequentialColourMap.Colour((double)stop / Stops)}\"/>");
        svg.Append("</linearGradient></defs><rect x=\"10\" y=\"0\" width=\"400\" height=\"12\" rx=\"3\" fill=\"url(#scale)\"/>\n");
        foreach (Scale.Tick tick in scale.Ticks)
        {
            string x = Xml.Pixels(scale.Place(tick.Value));
            svg.Append($"<line class=\"mark\" x1=\"{x}\" x2=\"{x}\" y1=\"12\" y2=\"17\"/><text x=\"{x}\" y=\"31\" text-anchor=\"middle\">{Xml.Escape(tick.Label)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }
}
