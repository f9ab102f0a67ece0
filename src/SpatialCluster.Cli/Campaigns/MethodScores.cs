using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>How a method did on a dataset at one level of a perturbation, over its seeds.</summary>
internal sealed record MethodScores(string Dataset, string Perturbation, double? Level, string Method, string Ablation, string Clusterer, int Seeds, double? Ari, double? AriDeviation, double? Nmi, double? Moran, double? Seconds)
{
    public static IEnumerable<MethodScores> Of(CampaignReport report) =>
        from run in report.Runs
        where run.Status == CampaignRunStatus.Done
        group run by (run.Dataset, run.Method) into runs
        let seconds = runs.Select(r => r.Seconds).OfType<double>().Order().ToArray()
        select new MethodScores(
            runs.Key.Dataset.Id,
            runs.Key.Dataset.Perturbation?.Kind ?? "none",
            runs.Key.Dataset.Perturbation?.Level,
            runs.Key.Method.Title,
            runs.Key.Method.Ablation,
            runs.Key.Method.Clusterer,
            runs.Count(),
            Mean(runs, "ari"),
            Deviation(runs, "ari"),
            Mean(runs, "nmi"),
            Mean(runs, "moran"),
            seconds.Length == 0 ? null : seconds[seconds.Length / 2]);

    private static double? Mean(IEnumerable<CampaignRun> runs, string metric)
    {
        double[] scores = [.. runs.Select(r => r.Score(metric)).OfType<double>()];
        return scores.Length == 0 ? null : scores.Average();
    }

    private static double? Deviation(IEnumerable<CampaignRun> runs, string metric)
    {
        double[] scores = [.. runs.Select(r => r.Score(metric)).OfType<double>()];
        if (scores.Length < 2)
            return null;
        double mean = scores.Average();
        return Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Length - 1));
    }
}
