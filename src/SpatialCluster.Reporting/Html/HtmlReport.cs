using SpatialCluster.Compute.Errors;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Html;

/// <summary>
/// Writes a report as one HTML file that needs nothing else: no script, no font, no picture from anywhere; charts and maps
/// are inline SVG, and images in it from 20,001 spots on. It reads on paper, on a phone, in the dark, and aloud.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes a report. The same report gives the same bytes.</summary>
    /// <param name="report">What to show.</param>
    /// <param name="stream">Receives the page in UTF-8; stays open.</param>
    /// <exception cref="BadInputException">Arrays of the report disagree about the number of spots, or a label has no category.</exception>
    public static void Write(IntegrationReport report, Stream stream)
    {
        ReportValidator.Check(report);
        HtmlDocument.Write(stream, report.Title, report.Provenance.Version, PageStyle.Css, new ReportPage(report).Parts());
    }
}
