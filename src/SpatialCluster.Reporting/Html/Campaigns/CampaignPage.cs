using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>The visible parts of a campaign's report, from top to bottom.</summary>
internal sealed class CampaignPage(CampaignReport report)
{
    private readonly CampaignView _view = new(report);

    public IEnumerable<string> Parts()
    {
        PageSection[] sections = [.. Sections().Where(section => section.Body.Length > 0)];
        yield return Header(sections);
        yield return "<main>";
        yield return CampaignCards.Draw(_view);
        yield return Notes();
        foreach (PageSection section in sections)
            yield return $"<section id=\"{section.Id}\" aria-labelledby=\"{section.Id}-title\"><h2 id=\"{section.Id}-title\">{Xml.Escape(section.Title)}</h2>\n{section.Body}\n</section>";
        yield return "</main>";
        yield return $"<footer>Made by SpatialCluster {Xml.Escape(report.Provenance.Version)}. This page is complete in itself; nothing is loaded from elsewhere.</footer>";
    }

    private IEnumerable<PageSection> Sections()
    {
        yield return new PageSection("summary", "Scores of each method", SummarySection.Draw(_view));
        yield return new PageSection("levels", LevelSection.Title(_view), LevelSection.Draw(_view));
        yield return new PageSection("ablations", "Ablations", AblationSection.Draw(_view));
        yield return new PageSection("tissue", "Domains on the tissue", TissueSection.DrawDomains(_view));
        yield return new PageSection("embeddings", "Embeddings in two dimensions", TissueSection.DrawEmbeddings(_view));
        yield return new PageSection("moran", "Moran’s I of each domain", MoranSection.Draw(_view));
        yield return new PageSection("resources", "Time and memory", ResourceSection.Draw(_view));
        yield return new PageSection("failures", FailureSection.Title(_view), FailureSection.Draw(_view));
        yield return new PageSection("provenance", "Provenance", ProvenanceSection.Draw(_view));
    }

    private string Header(PageSection[] sections)
    {
        string about = report.Description.Length > 0 ? $"<p class=\"lead\">{Xml.Escape(report.Description)}</p>\n" : "";
        string contents = string.Concat(sections.Select(section => $"<li><a href=\"#{section.Id}\">{Xml.Escape(section.Title)}</a></li>\n"));
        return $"""
            <header>
            <p class="eyebrow">Spatial multi-omics campaign{(report.When is { Length: > 0 } when ? " · " + Xml.Escape(when) : "")}</p>
            <h1>{Xml.Escape(report.Title)}</h1>
            {about}<p class="lead">{Xml.Escape(CampaignCards.WhatWasCompared(_view))}</p>
            <nav aria-label="On this page"><ul class="contents">
            {contents}</ul></nav>
            </header>
            """;
    }

    private string Notes()
    {
        if (report.Notes.Count == 0)
            return "";
        string items = string.Concat(report.Notes.Select(note => $"<li>{Xml.Escape(note)}</li>\n"));
        return $"<section class=\"notes\" aria-labelledby=\"notes\"><h2 id=\"notes\">Notes</h2><ul>\n{items}</ul></section>";
    }

    /// <summary>A part of the page; left out where its body is empty.</summary>
    private sealed record PageSection(string Id, string Title, string Body);
}
