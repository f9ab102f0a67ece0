using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Every run that did not finish, the failed ones with their error text.</summary>
internal static class FailureSection
{
    private const int LongestSummary = 160;

    public static string Title(CampaignView view)
    {
        int failed = view.Report.Runs.Count(run => run.Status == CampaignRunStatus.Failed);
        return failed > 0 ? $"Failed runs: {failed:N0}" : "Runs that are not there";
    }

    public static string Draw(CampaignView view)
    {
        CampaignRun[] failed = With(view, CampaignRunStatus.Failed);
        var html = new StringBuilder();
        if (failed.Length > 0)
        {
            html.Append("<p class=\"about\">They are left out of every score on this page.</p>\n<div class=\"failures\">\n");
            foreach (CampaignRun run in failed)
            {
                string error = string.IsNullOrWhiteSpace(run.Error) ? "No error text was kept." : run.Error.Trim();
                string first = error.Split('\n')[0].TrimEnd();
                html.Append($"<details><summary>{Xml.Escape(Phrases.Run(view, run))}<span class=\"quiet\">{Xml.Escape(Xml.Shorten(first, LongestSummary))}</span></summary><pre>{Xml.Escape(error)}</pre></details>\n");
            }

            html.Append("</div>\n");
        }

        AppendList(html, view, CampaignRunStatus.Cancelled, "cancelled");
        AppendList(html, view, CampaignRunStatus.Missing, "not run yet");
        return html.ToString();
    }

    private static CampaignRun[] With(CampaignView view, CampaignRunStatus status) => [.. view.Report.Runs.Where(run => run.Status == status)];

    private static void AppendList(StringBuilder html, CampaignView view, CampaignRunStatus status, string what)
    {
        CampaignRun[] runs = With(view, status);
        if (runs.Length == 0)
            return;
        html.Append($"<details><summary>{Phrases.Count(runs.Length, "run")} {what}</summary><ul>\n");
        foreach (CampaignRun run in runs)
            html.Append($"<li>{Xml.Escape(Phrases.Run(view, run))}</li>\n");
        html.Append("</ul></details>\n");
    }
}
