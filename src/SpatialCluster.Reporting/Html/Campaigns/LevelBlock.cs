using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Charts;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Runs that are drawn together: those of a family under one kind of perturbation, or those of datasets without any.</summary>
/// <param name="Heading">What stands above the charts.</param>
/// <param name="Title">The kind of perturbation, for people.</param>
/// <param name="Kind">The kind; null for datasets as they came.</param>
/// <param name="Family">The family of datasets.</param>
/// <param name="Levels">The levels, rising; fewer than two where categories are drawn.</param>
/// <param name="Categories">The names of datasets or perturbations; empty where levels are drawn.</param>
/// <param name="Runs">Each run with the level or the category that it belongs to.</param>
internal sealed record LevelBlock(
    string Heading,
    string Title,
    string? Kind,
    string Family,
    double[] Levels,
    IReadOnlyList<string> Categories,
    IReadOnlyList<(CampaignRun Run, double Level, string Category)> Runs)
{
    public required IReadOnlyList<Contestant> Methods { get; init; }

    public MarkedValues? At(Contestant contestant, double level, CampaignMetric metric) => Of(Runs.Where(entry => entry.Level == level), contestant, metric);

    public MarkedValues? In(Contestant contestant, string category, CampaignMetric metric) => Of(Runs.Where(entry => entry.Category == category), contestant, metric);

    private static MarkedValues? Of(IEnumerable<(CampaignRun Run, double Level, string Category)> entries, Contestant contestant, CampaignMetric metric)
    {
        double[] scores = CampaignView.Scores(entries.Select(entry => entry.Run).Where(run => run.Method == contestant.Method), metric);
        return scores.Length == 0 ? null : new MarkedValues(scores);
    }
}
