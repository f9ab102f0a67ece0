using System.Text;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Html;

/// <summary>The figures at the top of a report.</summary>
internal static class SummaryCards
{
    public static string Draw(IntegrationReport report)
    {
        var html = new StringBuilder("<dl class=\"cards\" aria-label=\"Summary\">\n");
        Add(html, "Spots", report.Places.Count.ToString("N0"));
        foreach (ReportModality modality in report.Modalities)
        {
            string used = modality.FeaturesUsed == modality.Features ? modality.Kind : $"{modality.Kind}, {modality.FeaturesUsed:N0} used";
            Add(html, modality.Name, modality.Features.ToString("N0"), $"features · {used}");
        }

        Add(html, "Domains", report.Domains.Categories.Count.ToString("N0"));
        if (report.AdjustedRandIndex is { } rand)
            Add(html, "ARI", rand.ToString("0.000"), "adjusted Rand index");
        if (report.Moran is { } moran)
            Add(html, "Moran’s I", moran.ToString("0.000"), "of the domains");
        foreach (ReportEntry figure in report.Figures)
            Add(html, figure.Name, figure.Value);
        if (report.Epochs is { } epochs)
            Add(html, "Epochs", epochs.ToString("N0"));
        if (report.Timings.Count > 0)
            Add(html, "Time", Tables.Duration(report.Timings.Sum(t => t.Seconds)), "all stages");
        if (report.PeakMemoryMegabytes is { } memory)
            Add(html, "Peak memory", $"{memory:N0} MB");
        return html.Append("</dl>").ToString();
    }

    public static void Add(StringBuilder html, string name, string value, string detail = "")
    {
        html.Append($"<div class=\"card\"><dt>{Xml.Escape(name)}</dt><dd>{Xml.Escape(value)}</dd>");
        if (detail.Length > 0)
            html.Append($"<dd class=\"detail\">{Xml.Escape(detail)}</dd>");
        html.Append("</div>\n");
    }
}
