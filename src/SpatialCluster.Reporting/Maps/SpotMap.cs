using System.Text;
using SpatialCluster.Reporting.Imaging;

namespace SpatialCluster.Reporting.Maps;

/// <summary>A picture of a slice: every spot at its place, coloured. Made by <see cref="DomainMap"/> and <see cref="ValueMap"/>.</summary>
public sealed class SpotMap
{
    private readonly SpotLayer _layer;
    private readonly MapLegend _legend;
    private readonly MapOptions _options;

    internal SpotMap(SpotLayer layer, MapLegend legend, MapOptions options, string description)
    {
        _layer = layer;
        _legend = legend;
        _options = options;
        Description = description;
    }

    /// <summary>What the picture shows, in a sentence, for those who cannot see it.</summary>
    public string Description { get; }

    /// <summary>The map as an SVG document with title and legend.</summary>
    /// <returns>The document; same input, same text.</returns>
    public string ToSvg()
    {
        var sheet = new MapSheet(_layer, _legend, _options);
        var canvas = new SvgCanvas(_options.RasterFrom);
        sheet.Draw(canvas);
        return canvas.Document(sheet.Width, sheet.Height, _options.Background, Description);
    }

    /// <summary>Writes the map as a PNG image with title and legend.</summary>
    /// <param name="stream">Receives the file; stays open.</param>
    public void WritePng(Stream stream)
    {
        var sheet = new MapSheet(_layer, _legend, _options);
        var canvas = new RasterCanvas(sheet.Width, sheet.Height, _options.Background);
        sheet.Draw(canvas);
        PngEncoder.Write(canvas.Image, stream);
    }

    /// <summary>The tissue alone, as an SVG element for a page that has its own legend and ground.</summary>
    internal string ToFragment(string? description = null)
    {
        var svg = new StringBuilder();
        svg.Append($"<svg class=\"tissue\" viewBox=\"0 0 {_layer.Frame.Width} {_layer.Frame.Height}\" role=\"img\" aria-label=\"{Markup.Xml.Escape(description ?? Description)}\">\n");
        _layer.AppendSvg(svg, _options.RasterFrom);
        return svg.Append("</svg>").ToString();
    }
}
