using System.Text;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Html;

/// <summary>The tables at the end of a report.</summary>
internal static class Tables
{
    public static string Duration(double seconds) => seconds switch
    {
        < 0.0995 => $"{seconds * 1000:0} ms",
        < 99.95 => $"{Xml.Figure(Math.Round(seconds, seconds < 9.995 ? 2 : 1))} s",
        < 5999.5 => $"{(int)Math.Round(seconds) / 60} min {(int)Math.Round(seconds) % 60} s",
        _ => $"{(long)Math.Round(seconds / 60) / 60:N0} h {(long)Math.Round(seconds / 60) % 60} min",
    };

    public static string ParametersAndTimings(IntegrationReport report)
    {
        string parameters = Parameters(report), timings = Timings(report);
        return parameters.Length > 0 && timings.Length > 0 ? $"<div class=\"pair\">\n{parameters}\n{timings}\n</div>" : parameters + timings;
    }

    public static string Provenance(IntegrationReport report)
    {
        ReportProvenance provenance = report.Provenance;
        var html = new StringBuilder("<section aria-labelledby=\"provenance\"><h2 id=\"provenance\">Provenance</h2>\n");
        if (provenance.CommandLine is { Length: > 0 } line)
            html.Append($"<p class=\"about\">Made by this command:</p><pre>{Xml.Escape(line)}</pre>\n");
        html.Append("<table><tbody>\n");
        AppendRow(html, "Version", provenance.Version);
        AppendRow(html, "Backend", provenance.Backend);
        AppendRow(html, "Seed", report.Seed.ToString());
        foreach (ReportEntry detail in provenance.Details)
            AppendRow(html, detail.Name, detail.Value);
        html.Append("</tbody></table>\n");
        if (provenance.Inputs.Count > 0)
        {
            html.Append("<h3 style=\"margin-top:20px\">Inputs</h3><table><thead><tr><th scope=\"col\">File</th><th scope=\"col\">Digest</th><th scope=\"col\" class=\"number\">Bytes</th></tr></thead><tbody>\n");
            foreach (ReportInput input in provenance.Inputs)
                html.Append($"<tr><td>{Xml.Escape(input.Name)}</td><td><code>{Xml.Escape(input.Digest ?? "–")}</code></td><td class=\"number\">{input.Bytes:N0}</td></tr>\n");
            html.Append("</tbody></table>\n");
        }

        return html.Append("</section>").ToString();
    }

    private static string Parameters(IntegrationReport report)
    {
        if (report.Parameters.Count == 0)
            return "";
        var html = new StringBuilder("<section aria-labelledby=\"parameters\"><h2 id=\"parameters\">Parameters</h2><table><tbody>\n");
        foreach (ReportEntry parameter in report.Parameters)
            AppendRow(html, parameter.Name, parameter.Value);
        return html.Append("</tbody></table></section>").ToString();
    }

    private static string Timings(IntegrationReport report)
    {
        if (report.Timings.Count == 0)
            return "";
        double longest = Math.Max(1e-9, report.Timings.Max(t => t.Seconds));
        var html = new StringBuilder("<section aria-labelledby=\"timings\"><h2 id=\"timings\">Time and memory</h2><table><tbody>\n");
        foreach (StageTiming timing in report.Timings)
        {
            html.Append($"<tr><th scope=\"row\">{Xml.Escape(timing.Stage)}</th><td class=\"bar\"><svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect width=\"{Xml.Pixels(Math.Max(0.5, 100 * timing.Seconds / longest))}\" height=\"10\"/></svg></td><td class=\"number\">{Duration(timing.Seconds)}</td></tr>\n");
        }

        html.Append($"<tr><th scope=\"row\">together</th><td></td><td class=\"number\">{Duration(report.Timings.Sum(t => t.Seconds))}</td></tr>\n");
        if (report.PeakMemoryMegabytes is { } memory)
            html.Append($"<tr><th scope=\"row\">peak memory</th><td></td><td class=\"number\">{memory:N0} MB</td></tr>\n");
        return html.Append("</tbody></table></section>").ToString();
    }

    public static void AppendRow(StringBuilder html, string name, string value) =>
        html.Append($"<tr><th scope=\"row\">{Xml.Escape(name)}</th><td>{Xml.Escape(value)}</td></tr>\n");
}
