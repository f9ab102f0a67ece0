using System.Text;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Maps;

/// <summary>Draws a map sheet as SVG.</summary>
internal sealed class SvgCanvas(int rasterFrom) : IMapCanvas
{
    private readonly StringBuilder _body = new();

    public string Document(int width, int height, Rgb background, string description) =>
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{Xml.Escape(description)}" font-family="system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif">
        <title>{Xml.Escape(description)}</title>
        <rect width="{width}" height="{height}" fill="{background}"/>
        {_body}</svg>

        """;

    public void Text(string text, double x, double baseLine, double size, Rgb colour)
    {
        if (text.Length > 0)
            _body.Append($"<text x=\"{Xml.Pixels(x)}\" y=\"{Xml.Pixels(baseLine)}\" font-size=\"{Xml.Pixels(size)}\" fill=\"{colour}\">{Xml.Escape(text)}</text>\n");
    }

    public void TextWithNote(string text, string note, double x, double baseLine, double size, Rgb colour, Rgb noteColour) =>
        _body.Append($"<text x=\"{Xml.Pixels(x)}\" y=\"{Xml.Pixels(baseLine)}\" font-size=\"{Xml.Pixels(size)}\" fill=\"{colour}\">{Xml.Escape(text)}")
            .Append($"<tspan dx=\"{Xml.Pixels(0.6 * size)}\" font-size=\"{Xml.Pixels(MapSheet.NoteSize * size)}\" fill=\"{noteColour}\">{Xml.Escape(note)}</tspan></text>\n");

    public void Swatch(double left, double top, double side, Rgb colour) =>
        _body.Append($"<circle cx=\"{Xml.Pixels(left + side / 2)}\" cy=\"{Xml.Pixels(top + side / 2)}\" r=\"{Xml.Pixels(side / 2)}\" fill=\"{colour}\"/>\n");

    public void Rectangle(double left, double top, double width, double height, Rgb colour) =>
        _body.Append(
            $"<rect x=\"{Xml.Pixels(left)}\" y=\"{Xml.Pixels(top)}\" width=\"{Xml.Pixels(width)}\" height=\"{Xml.Pixels(height)}\" fill=\"{colour}\" shape-rendering=\"crispEdges\"/>\n");

    public void Spots(SpotLayer layer, double left, double top)
    {
        _body.Append($"<g transform=\"translate({Xml.Pixels(left)} {Xml.Pixels(top)})\">\n");
        layer.AppendSvg(_body, rasterFrom);
        _body.Append("</g>\n");
    }
}
