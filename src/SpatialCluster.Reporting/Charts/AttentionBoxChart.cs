using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Charts;

/// <summary>The attention weights of each modality, domain by domain, as box plots.</summary>
internal static class AttentionBoxChart
{
    private const int LongestLabel = 14;

    public static Rgb Colour(int modality) => CategoricalPalette.Colour(modality);

    public static string Draw(IReadOnlyList<ReportModality> weighed, SpotLabels domains, (double Smallest, double Largest) range)
    {
        int groups = domains.Categories.Count;
        double perGroup = Math.Max(44, (weighed.Count * BoxChart.Pitch) + 30);
        bool slanted = domains.Categories.Any(c => c.Length > perGroup / 8);
        double width = Math.Max(360, 80 + (groups * perGroup));
        List<double>[][] values = [.. weighed.Select(m => Split(m.Attention!, domains))];
        BoxGroup[] boxes =
        [
            .. domains.Categories.Select((domain, group) => new BoxGroup(
                domain,
                [.. weighed.Select((modality, m) => new BoxSeries($"{modality.Name} in {domain}", $"class=\"box\" stroke=\"{Colour(m)}\" fill=\"{Colour(m)}\"", values[m][group]))])),
        ];
        return new BoxChart(boxes)
        {
            Width = width,
            Slanted = slanted,
            LongestLabel = LongestLabel,
            Style = $" style=\"min-width:{Xml.Pixels((0.6 * width) + 40)}px;max-width:{Xml.Pixels(1.2 * width)}px\"",
            YTitle = "attention weight",
            XTitle = domains.Title.ToLowerInvariant(),
            Description = $"Box plots of the attention weights of {string.Join(" and ", weighed.Select(m => m.Name))} in each of {groups} domains",
        }.Draw(range.Smallest, range.Largest);
    }

    private static List<double>[] Split(float[] values, SpotLabels domains)
    {
        List<double>[] split = [.. domains.Categories.Select(_ => new List<double>())];
        for (int spot = 0; spot < values.Length; spot++)
        {
            if (domains.Codes[spot] >= 0 && !float.IsNaN(values[spot]))
                split[domains.Codes[spot]].Add(values[spot]);
        }

        return split;
    }
}
