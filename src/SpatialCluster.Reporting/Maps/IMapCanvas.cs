using SpatialCluster.Reporting.Colours;

namespace SpatialCluster.Reporting.Maps;

/// <summary>What a map sheet is drawn on.</summary>
internal interface IMapCanvas
{
    void Text(string text, double x, double baseLine, double size, Rgb colour);

    /// <summary>A text, and after it another that is smaller and has a colour of its own.</summary>
    void TextWithNote(string text, string note, double x, double baseLine, double size, Rgb colour, Rgb noteColour);

    void Swatch(double left, double top, double side, Rgb colour);

    void Rectangle(double left, double top, double width, double height, Rgb colour);

    void Spots(SpotLayer layer, double left, double top);
}
