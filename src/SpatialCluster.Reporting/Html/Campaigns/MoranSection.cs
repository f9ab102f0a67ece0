using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Charts;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Moran's I of every domain that a method found, as box plots.</summary>
internal static class MoranSection
{
    private const int MostFamilies = 12;

    public static string Draw(CampaignView view)
    {
        List<CampaignRun> runs = [.. view.Done.Where(run => run.Method.Ablation.Length == 0 && run.MoranPerDomain.Any(double.IsFinite))];
        if (runs.Count == 0)
            return "";
        double[] all = [.. runs.SelectMany(run => run.MoranPerDomain).Where(double.IsFinite)];
        (double Smallest, double Largest) range = Phrases.Axis(all);
        string[] families = [.. runs.Select(run => run.Dataset.Family).Distinct()];
        var html = new StringBuilder("<p class=\"about\">How much each domain holds together on the tissue, over all domains, datasets and seeds. Boxes span the quartiles, the thick line is the median, whiskers reach the furthest domain within 1.5 box lengths, dots are domains beyond.");
        if (families.Length > MostFamilies)
            html.Append($" The first {MostFamilies} of {families.Length} groups of datasets are drawn.");
        html.Append("</p>\n<div class=\"row\">\n");
        foreach (string family in families.Take(MostFamilies))
        {
            BoxGroup[] groups =
            [
                .. view.Contestants.Full.Select(contestant => (contestant, Values: Values(runs, family, contestant))).Where(pair => pair.Values.Count > 0)
                    .Select(pair => new BoxGroup(pair.contestant.Name, [new BoxSeries(pair.contestant.Name, $"class=\"box {pair.contestant.Look.CssClass}\"", pair.Values)])),
            ];
            double perGroup = 66;
            bool slanted = groups.Any(group => group.Label.Length > perGroup / 8);
            double width = Math.Max(320, 80 + (groups.Length * perGroup));
            var chart = new BoxChart(groups)
            {
                Width = width,
                Slanted = slanted,
                LongestLabel = 18,
                ShowsOutliers = true,
                IsTight = true,
                Style = $" style=\"width:{Xml.Pixels(width)}px;max-width:none\"",
                YTitle = "Moran’s I",
                Description = $"Box plots of Moran’s I per domain on {family}: " + string.Join("; ", groups.Select(group => $"{group.Label} median {Phrases.Score(Spread.Median(group.Boxes[0].Values)!.Value)}")),
            };
            html.Append($"<figure><figcaption>{Xml.Escape(family)}</figcaption>{Phrases.Scrolling($"Moran’s I, {family}", chart.Draw(range.Smallest, range.Largest))}</figure>\n");
        }

        return html.Append("</div>").ToString();
    }

    private static List<double> Values(List<CampaignRun> runs, string family, Contestant contestant) =>
        [.. runs.Where(run => run.Dataset.Family == family && run.Method == contestant.Method).SelectMany(run => run.MoranPerDomain).Where(double.IsFinite)];
}
