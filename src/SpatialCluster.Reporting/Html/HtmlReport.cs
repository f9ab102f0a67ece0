using System.Text;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Reporting.Markup;
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
        var page = new ReportPage(report);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
        writer.Write($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"/>
            <meta name="generator" content="SpatialCluster {Xml.Escape(report.Provenance.Version)}"/>
            <title>{Xml.Escape(report.Title)} – SpatialCluster</title>
            <style>
            {PageStyle.Css}
            </style>
            </head>
            <body>

            """);
        foreach (string part in page.Parts())
        {
            writer.Write(part);
            writer.Write('\n');
        }

        writer.Write("</body>\n</html>\n");
    }
}
