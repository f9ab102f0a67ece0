namespace SpatialCluster.Reporting.Campaigns;

/// <summary>What the sections of the page ask of a report again and again.</summary>
internal sealed class CampaignView
{
    // Those of the paper's figure, and what is left without a truth.
    private static readonly string[] s_leading = ["ari", "ami", "nmi", "homogeneity"];
    private static readonly string[] s_leadingWithoutTruth = ["silhouette", "asw_domain", "moran", "neighbor_agreement", "knn_label_agreement"];

    public CampaignView(CampaignReport report)
    {
        Report = report;
        Contestants = new Contestants(report);
        Done = [.. report.Runs.Where(run => run.Status == CampaignRunStatus.Done)];
        HashSet<string> ids = [.. Done.SelectMany(run => run.Scores.Keys.Where(id => run.Score(id) is not null))];
        Metrics =
        [
            .. CampaignMetric.Known.Where(metric => ids.Contains(metric.Id)),
            .. ids.Where(id => CampaignMetric.Known.All(metric => metric.Id != id)).Order(StringComparer.Ordinal).Select(CampaignMetric.Of),
        ];
        Leading = [.. Metrics.Where(metric => s_leading.Contains(metric.Id))];
        if (Leading.Count == 0)
            Leading = [.. Metrics.Where(metric => s_leadingWithoutTruth.Contains(metric.Id))];
        if (Leading.Count == 0)
            Leading = [.. Metrics.Take(4)];
        Families = [.. report.Runs.Select(run => run.Dataset.Family).Distinct()];
        Datasets = [.. report.Runs.Select(run => run.Dataset).Distinct()];
    }

    public CampaignReport Report { get; }

    public Contestants Contestants { get; }

    public IReadOnlyList<CampaignRun> Done { get; }

    /// <summary>Every metric that some run has a score of.</summary>
    public IReadOnlyList<CampaignMetric> Metrics { get; }

    /// <summary>The few that are drawn.</summary>
    public IReadOnlyList<CampaignMetric> Leading { get; }

    public IReadOnlyList<string> Families { get; }

    public IReadOnlyList<CampaignDataset> Datasets { get; }

    public static double[] Scores(IEnumerable<CampaignRun> runs, CampaignMetric metric) =>
        [.. runs.Select(run => run.Score(metric.Id)).OfType<double>()];

    public IEnumerable<CampaignRun> DoneBy(Contestant contestant) => Done.Where(run => run.Method == contestant.Method);

    /// <summary>A dataset in words, with what was done to it.</summary>
    public static string Name(CampaignDataset dataset) => dataset.Perturbation is { } perturbation
        ? $"{dataset.Id}, {Name(perturbation)}"
        : dataset.Id;

    public static string Name(CampaignPerturbation perturbation)
    {
        if (perturbation.Label.Length > 0)
            return perturbation.Label;
        return perturbation.Level is { } level ? $"{perturbation.Title} {Markup.Xml.Figure(level)}" : perturbation.Title;
    }
}
