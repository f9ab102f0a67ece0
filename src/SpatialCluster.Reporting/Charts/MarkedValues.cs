using System.Text;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Charts;

/// <summary>Some values of one series at one place of the axis: a point each, a whisker from the smallest to the largest, a marker at the mean.</summary>
/// <param name="Values">The values, finite; at least one.</param>
internal sealed record MarkedValues(IReadOnlyList<double> Values)
{
    public double Mean { get; } = Values.Sum() / Values.Count;

    public void Append(StringBuilder svg, double x, Scale y, SeriesLook look, string title, double radius)
    {
        double lowest = y.Place(Values.Min()), highest = y.Place(Values.Max());
        svg.Append("<g>");
        if (lowest - highest > 0.5)
        {
            svg.Append($"<path class=\"whisker\" d=\"M{Xml.Pixels(x)} {Xml.Pixels(lowest)}V{Xml.Pixels(highest)}\"/><path class=\"points\" d=\"");
            foreach (double value in Values)
                svg.Append($"M{Xml.Pixels(x)} {Xml.Pixels(y.Place(value))}h.01");
            svg.Append("\"/>");
        }

        svg.Append($"<path class=\"marker\" d=\"{look.Marker(x, y.Place(Mean), radius)}\"><title>{Xml.Escape(title)}: {Xml.Figure(Mean)}");
        svg.Append(Values.Count > 1 ? $", from {Xml.Figure(Values.Min())} to {Xml.Figure(Values.Max())} in {Values.Count} runs</title></path></g>\n" : "</title></path></g>\n");
    }
}
