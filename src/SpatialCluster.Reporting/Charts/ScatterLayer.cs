using System.Text;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Imaging;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The spots of an embedding in two dimensions, coloured by label: as SVG, or as an image where there are many.</summary>
internal sealed class ScatterLayer(EmbeddingPlot plot, SpotLabels labels, Rgb[] colours, Scale x, Scale y, double radius)
{
    private const int PixelsPerUnit = 2;

    /// <summary>An axis about all finite values, with a little air.</summary>
    public static Scale Axis(double[] values, double from, double to)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = finite.DefaultIfEmpty(0).Min(), high = finite.DefaultIfEmpty(1).Max();
        double air = 0.03 * (high - low);
        return Scale.Linear(low - air, high + air, from, to, tight: true);
    }

    /// <summary>A panel with neither axes nor grid, to stand beside others.</summary>
    public static string Panel(EmbeddingPlot plot, SpotLabels labels, Rgb[] colours, string description, int rasterFrom)
    {
        const double side = 200;
        var svg = new StringBuilder($"<svg class=\"scatter\" viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"{Xml.Escape(description)}\">\n");
        double radius = Math.Clamp(34 / Math.Sqrt(Math.Max(1, plot.X.Length)), 0.6, 2.4);
        new ScatterLayer(plot, labels, colours, Axis(plot.X, 3, side - 3), Axis(plot.Y, side - 3, 3), radius).Append(svg, 0, 0, side, side, rasterFrom);
        return svg.Append("</svg>").ToString();
    }

    public void Append(StringBuilder svg, double left, double top, double right, double bottom, int rasterFrom)
    {
        if (plot.X.Length >= rasterFrom)
            AppendRaster(svg, left, top, right - left, bottom - top);
        else
            AppendDots(svg);
    }

    private bool IsDrawn(int spot) => double.IsFinite(plot.X[spot]) && double.IsFinite(plot.Y[spot]);

    private void AppendDots(StringBuilder svg)
    {
        svg.Append($"<g class=\"dots\" stroke-width=\"{Xml.Pixels(2 * radius)}\">\n");
        for (int label = -1; label < colours.Length; label++)
        {
            var path = new StringBuilder();
            for (int spot = 0; spot < plot.X.Length; spot++)
            {
                if (labels.Codes[spot] == label && IsDrawn(spot))
                    path.Append($"M{Xml.Pixels(x.Place(plot.X[spot]))} {Xml.Pixels(y.Place(plot.Y[spot]))}h.01");
            }

            if (path.Length == 0)
                continue;
            string title = label < 0 ? "no label" : $"{labels.Title} {labels.Categories[label]}";
            svg.Append($"<path stroke=\"{(label < 0 ? CategoricalPalette.Missing : colours[label])}\" d=\"{path}\"><title>{Xml.Escape(title)}</title></path>\n");
        }

        svg.Append("</g>\n");
    }

    private void AppendRaster(StringBuilder svg, double left, double top, double width, double height)
    {
        var image = new RgbaImage((int)(width * PixelsPerUnit), (int)(height * PixelsPerUnit));
        long spots = plot.X.Length;
        // Spots come in neighbourhoods; a stride that shares no divisor with their number mixes who is painted over whom.
        long stride = (long)(spots * 0.6180339887) | 1;
        while (Divisor(stride, spots) != 1)
            stride += 2;
        for (long i = 0; i < spots; i++)
        {
            int spot = (int)(i * stride % spots);
            if (!IsDrawn(spot))
                continue;
            int label = labels.Codes[spot];
            image.BlendDisk(
                (x.Place(plot.X[spot]) - left) * PixelsPerUnit,
                (y.Place(plot.Y[spot]) - top) * PixelsPerUnit,
                radius * PixelsPerUnit,
                label < 0 ? CategoricalPalette.Missing : colours[label],
                0.75);
        }

        svg.Append($"<image x=\"{Xml.Pixels(left)}\" y=\"{Xml.Pixels(top)}\" width=\"{Xml.Pixels(width)}\" height=\"{Xml.Pixels(height)}\" href=\"{DataUri.Png(image)}\"/>\n");
    }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}
