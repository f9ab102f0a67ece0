using SpatialCluster.Compute.Errors;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Html.Campaigns;

namespace SpatialCluster.Reporting.Html;

/// <summary>
/// Writes the report of a campaign as one HTML file that needs nothing else: methods compared on datasets, with scores against noise,
/// ablations, domains on the tissue, embeddings, time and memory, and what failed. No script; maps are images inside of the file.
/// </summary>
public static class CampaignHtmlReport
{
    /// <summary>Writes a report. The same report gives the same bytes.</summary>
    /// <param name="report">What to show; any part of it may be empty.</param>
    /// <param name="stream">Receives the page in UTF-8; stays open.</param>
    /// <exception cref="BadInputException">Arrays of a slice disagree about the number of spots, or a label has no category.</exception>
    public static void Write(CampaignReport report, Stream stream)
    {
        ReportValidator.Check(report);
        HtmlDocument.Write(stream, report.Title, report.Provenance.Version, PageStyle.Css + "\n" + CampaignStyle.Css, new CampaignPage(report).Parts());
    }
}
