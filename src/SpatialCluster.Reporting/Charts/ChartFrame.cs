using System.Text;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The plot area of a chart with its axes, grid lines and titles; colours come from the page's style.</summary>
internal sealed class ChartFrame(double width, double height, double left, double bottom)
{
    public double Left => left;

    public double Right => width - 22;

    public double Top { get; } = 12;

    public double Bottom => height - bottom;

    public StringBuilder Open(string description, string style = "", string kind = "chart") => new StringBuilder()
        .Append($"<svg class=\"{kind}\"{style} viewBox=\"0 0 {Xml.Pixels(width)} {Xml.Pixels(height)}\" role=\"img\" aria-label=\"{Xml.Escape(description)}\">\n");

    public void AppendYAxis(StringBuilder svg, Scale scale, string title)
    {
        foreach (Scale.Tick tick in scale.Ticks)
        {
            double y = scale.Place(tick.Value);
            svg.Append($"<line class=\"grid\" x1=\"{Xml.Pixels(Left)}\" x2=\"{Xml.Pixels(Right)}\" y1=\"{Xml.Pixels(y)}\" y2=\"{Xml.Pixels(y)}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{Xml.Pixels(Left - 7)}\" y=\"{Xml.Pixels(y + 4)}\" text-anchor=\"end\">{Xml.Escape(tick.Label)}</text>\n");
        }

        if (title.Length == 0)
            return;
        double middle = (Top + Bottom) / 2;
        svg.Append($"<text class=\"axis-title\" transform=\"translate(12 {Xml.Pixels(middle)}) rotate(-90)\" text-anchor=\"middle\">{Xml.Escape(title)}</text>\n");
    }

    public void AppendXAxis(StringBuilder svg, Scale scale, string title, bool grid = false)
    {
        foreach (Scale.Tick tick in scale.Ticks)
        {
            double x = scale.Place(tick.Value);
            double end = grid ? Top : Bottom + 4;
            svg.Append($"<line class=\"{(grid ? "grid" : "mark")}\" x1=\"{Xml.Pixels(x)}\" x2=\"{Xml.Pixels(x)}\" y1=\"{Xml.Pixels(Bottom)}\" y2=\"{Xml.Pixels(end)}\"/>");
            svg.Append($"<text class=\"tick\" x=\"{Xml.Pixels(x)}\" y=\"{Xml.Pixels(Bottom + 19)}\" text-anchor=\"middle\">{Xml.Escape(tick.Label)}</text>\n");
        }

        AppendXTitle(svg, title);
    }

    /// <summary>The names of categories, each below the middle of its share of the axis; aslant where they are long.</summary>
    public void AppendCategories(StringBuilder svg, IReadOnlyList<string> labels, bool slanted, int longest)
    {
        double step = (Right - Left) / Math.Max(1, labels.Count);
        for (int i = 0; i < labels.Count; i++)
        {
            double middle = Left + ((i + 0.5) * step);
            string label = Xml.Escape(Xml.Shorten(labels[i], longest));
            svg.Append(slanted
                ? $"<text class=\"tick\" transform=\"translate({Xml.Pixels(middle + 4)} {Xml.Pixels(Bottom + 16)}) rotate(-40)\" text-anchor=\"end\">{label}</text>\n"
                : $"<text class=\"tick\" x=\"{Xml.Pixels(middle)}\" y=\"{Xml.Pixels(Bottom + 19)}\" text-anchor=\"middle\">{label}</text>\n");
        }
    }

    public void AppendXTitle(StringBuilder svg, string title)
    {
        svg.Append($"<line class=\"base\" x1=\"{Xml.Pixels(Left)}\" x2=\"{Xml.Pixels(Right)}\" y1=\"{Xml.Pixels(Bottom)}\" y2=\"{Xml.Pixels(Bottom)}\"/>");
        if (title.Length > 0)
            svg.Append($"<text class=\"axis-title\" x=\"{Xml.Pixels((Left + Right) / 2)}\" y=\"{Xml.Pixels(height - 6)}\" text-anchor=\"middle\">{Xml.Escape(title)}</text>\n");
    }
}
