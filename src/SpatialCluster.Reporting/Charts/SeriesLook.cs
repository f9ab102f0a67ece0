using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Charts;

/// <summary>How a series is told from others: by colour, by marker and by dashes, each enough on its own for eight of them.</summary>
/// <param name="Index">0, 1, 2, …; the pair of colour and marker returns after 64.</param>
internal readonly record struct SeriesLook(int Index)
{
    private const int Shapes = 8;

    private static readonly string[] s_dashes = ["", "7 3", "2 2.5", "9 3 2 3", "13 4", "5 2 1.5 2 1.5 2", "4 4", "14 3 4 3"];

    /// <summary>The class whose colour the page's style sets for light and for dark ground.</summary>
    public string CssClass => $"s{Index % SeriesPalette.Count}";

    /// <summary>The attribute that dashes a line; empty for a whole line.</summary>
    public string DashAttribute => s_dashes[Shape] is { Length: > 0 } dash ? $" stroke-dasharray=\"{dash}\"" : "";

    private int Shape => (Index + (3 * (Index / SeriesPalette.Count))) % Shapes;

    /// <summary>The outline of the marker as a path.</summary>
    /// <param name="x">Its middle.</param>
    /// <param name="y">Its middle.</param>
    /// <param name="r">About half its width.</param>
    public string Marker(double x, double y, double r)
    {
        string Polygon(params double[] corners)
        {
            var path = new System.Text.StringBuilder();
            for (int i = 0; i < corners.Length; i += 2)
                path.Append(i == 0 ? 'M' : 'L').Append(Xml.Pixels(x + (r * corners[i]))).Append(' ').Append(Xml.Pixels(y + (r * corners[i + 1])));
            return path.Append('Z').ToString();
        }

        return Shape switch
        {
            0 => $"M{Xml.Pixels(x - r)} {Xml.Pixels(y)}a{Xml.Pixels(r)} {Xml.Pixels(r)} 0 1 0 {Xml.Pixels(2 * r)} 0a{Xml.Pixels(r)} {Xml.Pixels(r)} 0 1 0 {Xml.Pixels(-2 * r)} 0Z",
            1 => Polygon(-0.9, -0.9, 0.9, -0.9, 0.9, 0.9, -0.9, 0.9),
            2 => Polygon(0, -1.2, 1.15, 0.85, -1.15, 0.85),
            3 => Polygon(0, -1.3, 1.1, 0, 0, 1.3, -1.1, 0),
            4 => Polygon(0, 1.2, 1.15, -0.85, -1.15, -0.85),
            5 => Polygon(-0.42, -1.2, 0.42, -1.2, 0.42, -0.42, 1.2, -0.42, 1.2, 0.42, 0.42, 0.42, 0.42, 1.2, -0.42, 1.2, -0.42, 0.42, -1.2, 0.42, -1.2, -0.42, -0.42, -0.42),
            6 => Polygon(-0.55, -1.15, 0, -0.6, 0.55, -1.15, 1.15, -0.55, 0.6, 0, 1.15, 0.55, 0.55, 1.15, 0, 0.6, -0.55, 1.15, -1.15, 0.55, -0.6, 0, -1.15, -0.55),
            _ => Polygon(0, -1.35, 0.35, -0.45, 1.3, -0.42, 0.55, 0.18, 0.8, 1.1, 0, 0.55, -0.8, 1.1, -0.55, 0.18, -1.3, -0.42, -0.35, -0.45),
        };
    }
}
