using System.Text;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Imaging;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The embedding in two dimensions, spots coloured by domain.</summary>
internal static class EmbeddingChart
{
    private const int PixelsPerUnit = 2;

    public static string Draw(EmbeddingPlot plot, SpotLabels domains, Rgb[] colours, int rasterFrom)
    {
        var frame = new ChartFrame(520, 440, left: 56, bottom: 46);
        StringBuilder svg = frame.Open(
            $"Scatter plot of {plot.X.Length:N0} spots by {plot.XTitle} and {plot.YTitle} of the embedding, coloured by {domains.Title} in {domains.Categories.Count} groups");
        Scale x = Axis(plot.X, frame.Left, frame.Right), y = Axis(plot.Y, frame.Bottom, frame.Top);
        frame.AppendYAxis(svg, y, plot.YTitle);
        frame.AppendXAxis(svg, x, plot.XTitle, grid: true);
        double radius = Math.Clamp(60 / Math.Sqrt(Math.Max(1, plot.X.Length)), 0.7, 3.2);
        if (plot.X.Length >= rasterFrom)
            AppendRaster(svg, plot, domains, colours, frame, x, y, radius);
        else
            AppendDots(svg, plot, domains, colours, x, y, radius);
        return svg.Append("</svg>").ToString();
    }

    private static Scale Axis(double[] values, double from, double to)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(1).Max();
        double air = 0.03 * (high - low);
        return Scale.Linear(low - air, high + air, from, to, tight: true);
    }

    private static void AppendDots(StringBuilder svg, EmbeddingPlot plot, SpotLabels domains, Rgb[] colours, Scale x, Scale y, double radius)
    {
        svg.Append($"<g class=\"dots\" stroke-width=\"{Xml.Pixels(2 * radius)}\">\n");
        for (int label = -1; label < colours.Length; label++)
        {
            var path = new StringBuilder();
            for (int spot = 0; spot < plot.X.Length; spot++)
            {
                if (domains.Codes[spot] == label && double.IsFinite(plot.X[spot]) && double.IsFinite(plot.Y[spot]))
                    path.Append($"M{Xml.Pixels(x.Place(plot.X[spot]))} {Xml.Pixels(y.Place(plot.Y[spot]))}h.01");
            }

            if (path.Length == 0)
                continue;
            string title = label < 0 ? "no label" : $"{domains.Title} {domains.Categories[label]}";
            svg.Append($"<path stroke=\"{(label < 0 ? CategoricalPalette.Missing : colours[label])}\" d=\"{path}\"><title>{Xml.Escape(title)}</title></path>\n");
        }

        svg.Append("</g>\n");
    }

    private static void AppendRaster(
        StringBuilder svg, EmbeddingPlot plot, SpotLabels domains, Rgb[] colours, ChartFrame frame, Scale x, Scale y, double radius)
    {
        double width = frame.Right - frame.Left, height = frame.Bottom - frame.Top;
        var image = new RgbaImage((int)(width * PixelsPerUnit), (int)(height * PixelsPerUnit));
        long spots = plot.X.Length;
        // Spots come in neighbourhoods; a stride that shares no divisor with their number mixes who is painted over whom.
        long stride = (long)(spots * 0.6180339887) | 1;
        while (Divisor(stride, spots) != 1)
            stride += 2;
        for (long i = 0; i < spots; i++)
        {
            int spot = (int)(i * stride % spots);
            if (!double.IsFinite(plot.X[spot]) || !double.IsFinite(plot.Y[spot]))
                continue;
            int label = domains.Codes[spot];
            image.BlendDisk(
                (x.Place(plot.X[spot]) - frame.Left) * PixelsPerUnit,
                (y.Place(plot.Y[spot]) - frame.Top) * PixelsPerUnit,
                radius * PixelsPerUnit,
                label < 0 ? CategoricalPalette.Missing : colours[label],
                0.75);
        }

        svg.Append($"<image x=\"{Xml.Pixels(frame.Left)}\" y=\"{Xml.Pixels(frame.Top)}\" width=\"{Xml.Pixels(width)}\" height=\"{Xml.Pixels(height)}\" href=\"{DataUri.Png(image)}\"/>\n");
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}
