using System.Text;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The attention weights of each modality, domain by domain, as box plots.</summary>
internal static class AttentionBoxChart
{
    private const double Bar = 15;
    private const int LongestLabel = 14;

    public static Rgb Colour(int modality) => CategoricalPalette.Colour(modality);

    public static string Draw(IReadOnlyList<ReportModality> weighed, SpotLabels domains, (double Smallest, double Largest) range)
    {
        int groups = domains.Categories.Count;
        double perGroup = Math.Max(44, (weighed.Count * (Bar + 4)) + 30);
        bool slanted = domains.Categories.Any(c => c.Length > perGroup / 8);
        double width = Math.Max(360, 80 + (groups * perGroup));
        var frame = new ChartFrame(width, slanted ? 380 : 320, left: 56, bottom: slanted ? 110 : 46);
        StringBuilder svg = frame.Open(
            $"Box plots of the attention weights of {string.Join(" and ", weighed.Select(m => m.Name))} in each of {groups} domains",
            $" style=\"min-width:{Xml.Pixels((0.6 * width) + 40)}px;max-width:{Xml.Pixels(1.2 * width)}px\"");
        Scale y = Scale.Linear(range.Smallest, range.Largest, frame.Bottom, frame.Top);
        frame.AppendYAxis(svg, y, "attention weight");
        double step = (frame.Right - frame.Left) / Math.Max(1, groups);
        List<float>[][] values = [.. weighed.Select(m => Split(m.Attention!, domains))];
        for (int group = 0; group < groups; group++)
        {
            double middle = frame.Left + ((group + 0.5) * step);
            for (int m = 0; m < weighed.Count; m++)
            {
                if (BoxSummary.Of(values[m][group]) is { } box)
                    AppendBox(svg, box, middle + ((m - ((weighed.Count - 1) / 2.0)) * (Bar + 4)), y, m, $"{weighed[m].Name} in {domains.Categories[group]}");
            }

            string label = Xml.Escape(Xml.Shorten(domains.Categories[group], LongestLabel));
            svg.Append(slanted
                ? $"<text class=\"tick\" transform=\"translate({Xml.Pixels(middle + 4)} {Xml.Pixels(frame.Bottom + 16)}) rotate(-40)\" text-anchor=\"end\">{label}</text>\n"
                : $"<text class=\"tick\" x=\"{Xml.Pixels(middle)}\" y=\"{Xml.Pixels(frame.Bottom + 19)}\" text-anchor=\"middle\">{label}</text>\n");
        }

        frame.AppendXTitle(svg, domains.Title.ToLowerInvariant());
        return svg.Append("</svg>").ToString();
    }

    private static void AppendBox(StringBuilder svg, BoxSummary box, double middle, Scale y, int modality, string title)
    {
        string x = Xml.Pixels(middle), left = Xml.Pixels(middle - (Bar / 2)), right = Xml.Pixels(middle + (Bar / 2));
        string Y(double value) => Xml.Pixels(y.Place(value));
        svg.Append($"<g class=\"box\" stroke=\"{Colour(modality)}\" fill=\"{Colour(modality)}\"><title>{Xml.Escape(title)}: median {Xml.Figure(box.Median)}, quartiles {Xml.Figure(box.FirstQuartile)} to {Xml.Figure(box.ThirdQuartile)}</title>")
            .Append($"<path d=\"M{x} {Y(box.Low)}V{Y(box.FirstQuartile)}M{x} {Y(box.ThirdQuartile)}V{Y(box.High)}\"/>")
            .Append($"<rect x=\"{left}\" y=\"{Y(box.ThirdQuartile)}\" width=\"{Xml.Pixels(Bar)}\" height=\"{Xml.Pixels(Math.Max(0.5, y.Place(box.FirstQuartile) - y.Place(box.ThirdQuartile)))}\"/>")
            .Append($"<path class=\"median\" d=\"M{left} {Y(box.Median)}H{right}\"/></g>\n");
    }

    private static List<float>[] Split(float[] values, SpotLabels domains)
    {
        List<float>[] split = [.. domains.Categories.Select(_ => new List<float>())];
        for (int spot = 0; spot < values.Length; spot++)
        {
            if (domains.Codes[spot] >= 0 && !float.IsNaN(values[spot]))
                split[domains.Codes[spot]].Add(values[spot]);
        }

        return split;
    }
}
