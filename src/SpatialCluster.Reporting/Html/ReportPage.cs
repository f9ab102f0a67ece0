using System.Text;
using SpatialCluster.Reporting.Charts;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Markup;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Html;

/// <summary>The visible parts of a report, from top to bottom.</summary>
internal sealed class ReportPage
{
    private static readonly MapOptions s_map = new() { LongSide = 900 };

    private readonly IntegrationReport _report;
    private readonly SpotGeometry _geometry;
    private readonly Rgb[] _colours;

    public ReportPage(IntegrationReport report)
    {
        _report = report;
        _geometry = SpotGeometry.Measure(report.Places);
        _colours = LabelColours.InOrder(report.Domains.Categories.Count);
    }

    public IEnumerable<string> Parts()
    {
        yield return Header();
        yield return "<main>";
        yield return SummaryCards.Draw(_report);
        yield return Notes();
        yield return Domains();
        yield return TrainingAndEmbedding();
        yield return Attention();
        yield return Tables.ParametersAndTimings(_report);
        yield return Tables.Provenance(_report);
        yield return "</main>";
        yield return $"<footer>Made by SpatialCluster {Xml.Escape(_report.Provenance.Version)}. This page is complete in itself; nothing is loaded from elsewhere.</footer>";
    }

    private string Header() =>
        $"""
        <header>
        <p class="eyebrow">Spatial multi-omics integration</p>
        <h1>{Xml.Escape(_report.Title)}</h1>
        <p class="lead">{Xml.Escape(_report.Method)} · preset {Xml.Escape(_report.Preset)} · seed {_report.Seed}</p>
        </header>
        """;

    private string Notes()
    {
        if (_report.Notes.Count == 0)
            return "";
        string items = string.Concat(_report.Notes.Select(n => $"<li>{Xml.Escape(n)}</li>\n"));
        return $"<section class=\"notes\" aria-labelledby=\"notes\"><h2 id=\"notes\">Notes</h2><ul>\n{items}</ul></section>";
    }

    private string Domains()
    {
        var html = new StringBuilder("<section aria-labelledby=\"domains\"><h2 id=\"domains\">Domains on the tissue</h2>\n");
        html.Append(_report.Truth is null
            ? "<p class=\"about\">Every spot at its place, coloured by the domain it was given.</p>\n"
            : "<p class=\"about\">Every spot at its place. Each true domain has the colour of the found domain that overlaps it most.</p>\n");
        html.Append("<div class=\"maps\">\n").Append(Map(_report.Domains, _colours, "Found", _report.Truth is null));
        if (_report.Truth is { } truth)
            html.Append(Map(truth, LabelColours.Matched(truth, _report.Domains), "Truth", alone: false));
        return html.Append("</div></section>").ToString();
    }

    private string Map(SpotLabels labels, Rgb[] colours, string heading, bool alone)
    {
        SpotMap map = DomainMap.Create(_report.Places, _geometry, labels, colours, s_map);
        return $"""
            <figure{(alone ? " class=\"lone\"" : "")}><h3>{heading}: {labels.Categories.Count} {Xml.Escape(labels.Title.ToLowerInvariant())}{(labels.Categories.Count == 1 ? "" : "s")}</h3>
            {map.ToFragment()}
            {Legends.Labels(DomainMap.Legend(labels, colours))}
            </figure>

            """;
    }

    private string TrainingAndEmbedding()
    {
        string loss = Loss(), embedding = Embedding();
        return loss.Length > 0 && embedding.Length > 0 ? $"<div class=\"pair\">\n{embedding}\n{loss}\n</div>" : loss + embedding;
    }

    private string Loss()
    {
        var chart = new LossChart(_report.Losses);
        if (chart.IsEmpty)
            return "";
        var html = new StringBuilder("<section aria-labelledby=\"loss\"><h2 id=\"loss\">Loss</h2><p class=\"about\">The total that was minimised, and its parts before they are weighted.</p>\n<div class=\"switched\">\n");
        if (chart.CanBeLogarithmic)
        {
            html.Append("<input class=\"switch\" type=\"radio\" name=\"loss-scale\" id=\"loss-log\" checked=\"checked\"/><input class=\"switch\" type=\"radio\" name=\"loss-scale\" id=\"loss-linear\"/>\n")
                .Append("<label class=\"switch-label\" for=\"loss-log\">logarithmic</label><label class=\"switch-label\" for=\"loss-linear\">linear</label>\n")
                .Append($"<div class=\"plot plot-log\">{chart.Draw(logarithmic: true)}</div>\n<div class=\"plot plot-linear\">{chart.Draw(logarithmic: false)}</div>\n");
        }
        else
        {
            html.Append(chart.Draw(logarithmic: false));
        }

        return html.Append(chart.DrawLegend()).Append("</div></section>").ToString();
    }

    private string Embedding() => _report.Embedding is not { } plot
        ? ""
        : $"""
        <section aria-labelledby="embedding"><h2 id="embedding">Embedding</h2><p class="about">Spots in two dimensions of the joint embedding, coloured by domain.</p>
        {EmbeddingChart.Draw(plot, _report.Domains, _colours, s_map.RasterFrom)}
        {Legends.Labels(DomainMap.Legend(_report.Domains, _colours))}
        </section>
        """;

    private string Attention()
    {
        List<ReportModality> weighed = [.. _report.Modalities.Where(m => m.Attention is not null)];
        if (weighed.Count == 0)
            return "";
        List<SpotValues> values = [.. weighed.Select(m => new SpotValues($"attention to {m.Name}", m.Attention!))];
        (double Smallest, double Largest) range = ValueMap.Range(values);
        var html = new StringBuilder("<section aria-labelledby=\"attention\"><h2 id=\"attention\">Attention to each modality</h2><p class=\"about\">How much each modality counted in the joint embedding of a spot. All maps share one colour scale.</p>\n<div class=\"maps\">\n");
        for (int m = 0; m < weighed.Count; m++)
        {
            SpotMap map = ValueMap.Create(_report.Places, _geometry, values[m], s_map, range);
            html.Append($"<figure{(weighed.Count == 1 ? " class=\"lone\"" : "")}><h3>{Xml.Escape(weighed[m].Name)} <span class=\"quiet\">mean {Xml.Figure(Mean(weighed[m].Attention!))}</span></h3>\n{map.ToFragment()}\n</figure>\n");
        }

        html.Append("</div>\n").Append(ColourScale.Draw(range.Smallest, range.Largest));
        html.Append("<h3 style=\"margin-top:26px\">By domain</h3><p class=\"about\">Boxes span the quartiles, the thick line is the median, whiskers reach the furthest spot within 1.5 box lengths.</p>\n");
        html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Attention by domain\">").Append(AttentionBoxChart.Draw(weighed, _report.Domains, range)).Append("</div>\n");
        html.Append(Legends.Labels([.. weighed.Select((m, i) => new LegendEntry(AttentionBoxChart.Colour(i), m.Name, ""))]));
        return html.Append("</section>").ToString();
    }

    private static double Mean(float[] values) => values.Where(v => !float.IsNaN(v)).Select(v => (double)v).DefaultIfEmpty(double.NaN).Average();
}
