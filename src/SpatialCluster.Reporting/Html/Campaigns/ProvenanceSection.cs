using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>What made the results: versions, seeds, digests, machines, the campaign's document.</summary>
internal static class ProvenanceSection
{
    public static string Draw(CampaignView view)
    {
        CampaignProvenance provenance = view.Report.Provenance;
        var html = new StringBuilder();
        if (provenance.CommandLine is { Length: > 0 } line)
            html.Append($"<p class=\"about\">Made by this command:</p><pre>{Xml.Escape(line)}</pre>\n");
        html.Append("<table><tbody>\n");
        Tables.AppendRow(html, "Version", provenance.Version);
        ulong[] seeds = [.. view.Report.Runs.Select(run => run.Seed).Distinct().Order()];
        if (seeds.Length > 0)
            Tables.AppendRow(html, "Seeds", string.Join(", ", seeds));
        Optional(html, "When", view.Report.When);
        Optional(html, "Store", provenance.Store);
        Digest(html, "Digest of the document", provenance.DocumentDigest);
        Digest(html, "Digest of the plan", provenance.PlanDigest);
        Digest(html, "Digest of the results", provenance.ResultsDigest);
        foreach (string machine in provenance.Machines)
            Tables.AppendRow(html, "Machine", machine);
        foreach (ReportEntry detail in provenance.Details)
            Tables.AppendRow(html, detail.Name, detail.Value);
        html.Append("</tbody></table>\n").Append(Methods(view));
        if (provenance.Document is { Length: > 0 } document)
            html.Append($"<details><summary>The campaign’s document</summary><pre>{Xml.Escape(document)}</pre></details>\n");
        return html.Append(Digests(view)).ToString();
    }

    private static void Optional(StringBuilder html, string name, string? value)
    {
        if (value is { Length: > 0 })
            Tables.AppendRow(html, name, value);
    }

    private static void Digest(StringBuilder html, string name, string? value)
    {
        if (value is { Length: > 0 })
            html.Append($"<tr><th scope=\"row\">{Xml.Escape(name)}</th><td><code>{Xml.Escape(value)}</code></td></tr>\n");
    }

    private static string Methods(CampaignView view)
    {
        if (view.Contestants.All.Count == 0)
            return "";
        var table = new StringBuilder("<table class=\"scores\"><thead><tr><th scope=\"col\">Method</th><th scope=\"col\">method_id</th><th scope=\"col\">Version</th><th scope=\"col\">Preset</th><th scope=\"col\">Set over the preset</th><th scope=\"col\">Ablation</th><th scope=\"col\">Clusterer</th></tr></thead><tbody>\n");
        foreach (Contestant contestant in view.Contestants.All)
        {
            CampaignMethod method = contestant.Method;
            table.Append("<tr>").Append(Phrases.MethodCell(contestant));
            foreach (string text in new[] { method.Id, method.Version, method.Preset, method.Overrides, method.Ablation, method.Clusterer })
                table.Append($"<td class=\"text\">{(text.Length > 0 ? Xml.Escape(text) : "–")}</td>");
            table.Append("</tr>\n");
        }

        return "<h3>Methods</h3>" + Phrases.Scrolling("Methods", table.Append("</tbody></table>").ToString());
    }

    private static string Digests(CampaignView view)
    {
        CampaignRun[] runs = [.. view.Done.Where(run => run.Digest is { Length: > 0 })];
        if (runs.Length == 0)
            return "";
        var table = new StringBuilder("<table class=\"scores\"><thead><tr><th scope=\"col\">Run</th><th scope=\"col\">Digest</th></tr></thead><tbody>\n");
        foreach (CampaignRun run in runs)
            table.Append($"<tr><th scope=\"row\">{Xml.Escape(Phrases.Run(view, run))}</th><td class=\"text digest\"><code>{Xml.Escape(run.Digest!)}</code></td></tr>\n");
        return $"<details><summary>Digests of {Phrases.Count(runs.Length, "result")}</summary>{Phrases.Scrolling("Digests", table.Append("</tbody></table>").ToString())}</details>\n";
    }
}
