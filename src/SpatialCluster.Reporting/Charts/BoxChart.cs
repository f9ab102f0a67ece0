using System.Text;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Charts;

/// <summary>Box plots in groups along an axis of names.</summary>
internal sealed class BoxChart(IReadOnlyList<BoxGroup> groups)
{
    private const double Bar = 15;

    /// <summary>From one box of a group to the next.</summary>
    public const double Pitch = Bar + 4;

    public required double Width { get; init; }

    public bool Slanted { get; init; }

    public int LongestLabel { get; init; } = 14;

    public string Style { get; init; } = "";

    public string YTitle { get; init; } = "";

    public string XTitle { get; init; } = "";

    /// <summary>Whether what the whiskers do not reach is drawn too; of thousands of spots it would be a smear.</summary>
    public bool ShowsOutliers { get; init; }

    /// <summary>Whether the axis ends where it is told to rather than at the next round number.</summary>
    public bool IsTight { get; init; }

    public required string Description { get; init; }

    public string Draw(double smallest, double largest)
    {
        var frame = new ChartFrame(Width, Slanted ? 380 : 320, left: 56, bottom: Slanted ? 110 : 46);
        StringBuilder svg = frame.Open(Description, Style);
        Scale y = Scale.Linear(smallest, largest, frame.Bottom, frame.Top, wantedTicks: IsTight ? 6 : 5, tight: IsTight);
        frame.AppendYAxis(svg, y, YTitle);
        double step = (frame.Right - frame.Left) / Math.Max(1, groups.Count);
        for (int group = 0; group < groups.Count; group++)
        {
            double middle = frame.Left + ((group + 0.5) * step);
            IReadOnlyList<BoxSeries> boxes = groups[group].Boxes;
            for (int i = 0; i < boxes.Count; i++)
            {
                if (BoxSummary.Of(boxes[i].Values) is { } box)
                    AppendBox(svg, box, middle + ((i - ((boxes.Count - 1) / 2.0)) * Pitch), y, boxes[i]);
            }
        }

        frame.AppendCategories(svg, [.. groups.Select(group => group.Label)], Slanted, LongestLabel);
        frame.AppendXTitle(svg, XTitle);
        return svg.Append("</svg>").ToString();
    }

    private void AppendBox(StringBuilder svg, BoxSummary box, double middle, Scale y, BoxSeries series)
    {
        string x = Xml.Pixels(middle), left = Xml.Pixels(middle - (Bar / 2)), right = Xml.Pixels(middle + (Bar / 2));
        string Y(double value) => Xml.Pixels(y.Place(value));
        svg.Append($"<g {series.Paint}><title>{Xml.Escape(series.Name)}: median {Xml.Figure(box.Median)}, quartiles {Xml.Figure(box.FirstQuartile)} to {Xml.Figure(box.ThirdQuartile)}</title>")
            .Append($"<path d=\"M{x} {Y(box.Low)}V{Y(box.FirstQuartile)}M{x} {Y(box.ThirdQuartile)}V{Y(box.High)}\"/>")
            .Append($"<rect x=\"{left}\" y=\"{Y(box.ThirdQuartile)}\" width=\"{Xml.Pixels(Bar)}\" height=\"{Xml.Pixels(Math.Max(0.5, y.Place(box.FirstQuartile) - y.Place(box.ThirdQuartile)))}\"/>")
            .Append($"<path class=\"median\" d=\"M{left} {Y(box.Median)}H{right}\"/>");
        foreach (double value in series.Values)
        {
            if (ShowsOutliers && (value < box.Low || value > box.High))
                svg.Append($"<circle class=\"out\" cx=\"{x}\" cy=\"{Y(value)}\" r=\"2\"/>");
        }

        svg.Append("</g>\n");
    }
}
