using System.Text;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The embedding in two dimensions, spots coloured by domain.</summary>
internal static class EmbeddingChart
{
    public static string Draw(EmbeddingPlot plot, SpotLabels domains, Rgb[] colours, int rasterFrom)
    {
        var frame = new ChartFrame(520, 440, left: 56, bottom: 46);
        StringBuilder svg = frame.Open(
            $"Scatter plot of {plot.X.Length:N0} spots by {plot.XTitle} and {plot.YTitle} of the embedding, coloured by {domains.Title} in {domains.Categories.Count} groups");
        Scale x = ScatterLayer.Axis(plot.X, frame.Left, frame.Right), y = ScatterLayer.Axis(plot.Y, frame.Bottom, frame.Top);
        frame.AppendYAxis(svg, y, plot.YTitle);
        frame.AppendXAxis(svg, x, plot.XTitle, grid: true);
        double radius = Math.Clamp(60 / Math.Sqrt(Math.Max(1, plot.X.Length)), 0.7, 3.2);
        new ScatterLayer(plot, domains, colours, x, y, radius).Append(svg, frame.Left, frame.Top, frame.Right, frame.Bottom, rasterFrom);
        return svg.Append("</svg>").ToString();
    }
}
