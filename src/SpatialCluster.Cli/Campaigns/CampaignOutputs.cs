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
/// <param name="Agreements">How far seeds agree.</param>
internal sealed record CampaignOutputs(string Html, string Scores, string Runs, string RunLines, string Agreements)
{
    /// <summary>The files in a folder.</summary>
    public static CampaignOutputs In(string folder) => new(
        Path.Combine(folder, "report.html"),
        Path.Combine(folder, CampaignTables.Scores),
        Path.Combine(folder, CampaignTables.Runs),
        Path.Combine(folder, CampaignTables.RunLines),
        Path.Combine(folder, CampaignTables.Agreements));

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
        AtomicFile.Write(Scores, stream => CampaignTables.WriteScores(report.Runs, stream), set);
        AtomicFile.Write(Runs, stream => CampaignTables.WriteRuns(report.Runs, stream), set);
        AtomicFile.Write(RunLines, stream => CampaignTables.WriteRunLines(report.Runs, stream), set);
        AtomicFile.Write(Agreements, stream => CampaignTables.WriteAgreements(report.Agreements, stream), set);
        AtomicFile.Write(Html, stream => CampaignHtmlReport.Write(report, stream), set);
        set.Publish();
    }
}
