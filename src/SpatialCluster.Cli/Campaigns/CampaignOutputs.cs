using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Files;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Html;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>The files of a campaign's report.</summary>
/// <param name="Html">The page.</param>
/// <param name="Scores">One line per run and metric.</param>
/// <param name="Runs">One line per run.</param>
/// <param name="RunLines">One JSON object per run.</param>
internal sealed record CampaignOutputs(string Html, string Scores, string Runs, string RunLines)
{
    /// <summary>The files in a folder.</summary>
    public static CampaignOutputs In(string folder) => new(
        Path.Combine(folder, "report.html"), Path.Combine(folder, "scores.csv"), Path.Combine(folder, "runs.csv"), Path.Combine(folder, "runs.jsonl"));

    /// <summary>Writes all of them, or none.</summary>
    public void Write(CampaignReport report)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(Html))!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--out {folder} cannot be made ({failure.Message.TrimEnd('.')}); choose another folder.", failure);
        }

        using var set = new OutputSet();
        AtomicFile.Write(Scores, stream => CampaignTables.WriteScores(report, stream), set);
        AtomicFile.Write(Runs, stream => CampaignTables.WriteRuns(report, stream), set);
        AtomicFile.Write(RunLines, stream => CampaignTables.WriteRunLines(report, stream), set);
        AtomicFile.Write(Html, stream => CampaignHtmlReport.Write(report, stream), set);
        set.Publish();
    }
}
