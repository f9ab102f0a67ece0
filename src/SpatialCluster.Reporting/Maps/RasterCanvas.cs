using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Imaging;

namespace SpatialCluster.Reporting.Maps;

/// <summary>Draws a map sheet as pixels.</summary>
internal sealed class RasterCanvas : IMapCanvas
{
    public RasterCanvas(int width, int height, Rgb background)
    {
        Image = new RgbaImage(width, height);
        Image.Fill(background);
    }

    public RgbaImage Image { get; }

    public void Text(string text, double x, double baseLine, double size, Rgb colour) => StrokeFont.Draw(Image, text, x, baseLine, size, colour);

    public void TextWithNote(string text, string note, double x, double baseLine, double size, Rgb colour, Rgb noteColour)
    {
        Text(text, x, baseLine, size, colour);
        Text(note, x + StrokeFont.Measure(text + "  ", size), baseLine, MapSheet.NoteSize * size, noteColour);
    }

    public void Swatch(double left, double top, double side, Rgb colour) =>
        Image.BlendDisk(left + (side / 2), top + (side / 2), side / 2, colour, 1);

    public void Rectangle(double left, double top, double width, double height, Rgb colour) => Image.BlendRectangle(left, top, width, height, colour);

    public void Spots(SpotLayer layer, double left, double top) => Image.Draw(layer.Render(), (int)Math.Round(left), (int)Math.Round(top));
}
