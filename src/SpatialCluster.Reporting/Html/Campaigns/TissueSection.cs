using System.Text;
using SpatialCluster.Reporting.Campaigns;
using SpatialCluster.Reporting.Charts;
using SpatialCluster.Reporting.Colours;
using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Markup;

namespace SpatialCluster.Reporting.Html.Campaigns;

/// <summary>Domains on the tissue, and embeddings, method beside method (the paper's figures 2A and 2B).</summary>
internal static class TissueSection
{
    private const int MostTissues = 8;
    private const int MostMethods = 12;

    // From here on a picture takes fewer bytes than its spots as shapes.
    private const int MapRasterFrom = 400;
    private const int ScatterRasterFrom = 3000;

    private static readonly MapOptions s_map = new() { LongSide = 300, RasterFrom = MapRasterFrom };

    public static string DrawDomains(CampaignView view)
    {
        CampaignTissue[] all = [.. view.Report.Tissues.Where(tissue => tissue.Maps.Count > 0 || tissue.Truth is not null)];
        if (all.Length == 0)
            return "";
        CampaignTissue[] shown = Choose(all);
        var html = new StringBuilder("<p class=\"about\">Every spot at its place. Each found domain has the colour of the true one that it overlaps most, or of the first method’s where no truth is known; colours beyond those are extra domains.");
        html.Append(Choice(all.Length, shown.Length)).Append(Seeds(shown)).Append("</p>\n");
        foreach (CampaignTissue tissue in shown)
        {
            SpotGeometry geometry = SpotGeometry.Measure(tissue.Places);
            SpotLabels reference = Reference(tissue);
            html.Append($"<h3>{Xml.Escape(CampaignView.Name(tissue.Dataset))}</h3>\n<div class=\"thumbs\">\n");
            if (tissue.Truth is { } truth)
                html.Append(Figure("Truth", Phrases.Count(truth.Categories.Count, "domain"), Map(tissue, geometry, truth, reference, "the truth")));
            CampaignMap[] maps = Ordered(view, tissue.Maps);
            foreach (CampaignMap map in maps.Take(MostMethods))
            {
                string name = view.Contestants[map.Method].Name;
                html.Append(Figure(name, Score(view, tissue, map), Map(tissue, geometry, map.Domains, reference, name)));
            }

            html.Append("</div>\n").Append(Left(maps.Length));
            html.Append(Legend(shown, tissue));
        }

        return html.ToString();
    }

    public static string DrawEmbeddings(CampaignView view)
    {
        CampaignTissue[] all = [.. view.Report.Tissues.Where(tissue => tissue.Maps.Any(map => map.Embedding is not null))];
        if (all.Length == 0)
            return "";
        CampaignTissue[] shown = Choose(all);
        string[] axes = [.. shown.SelectMany(tissue => tissue.Maps).Select(map => map.Embedding).Where(plot => plot is not null).Select(plot => $"{plot!.XTitle} across and {plot.YTitle} upwards").Distinct()];
        var html = new StringBuilder($"<p class=\"about\">Each spot by {Xml.Escape(axes[0])}, coloured by true domain where that is known, else by the domain found.{Choice(all.Length, shown.Length)}{Seeds(shown)}</p>\n");
        foreach (CampaignTissue tissue in shown)
        {
            html.Append($"<h3>{Xml.Escape(CampaignView.Name(tissue.Dataset))}</h3>\n<div class=\"thumbs\">\n");
            CampaignMap[] maps = [.. Ordered(view, tissue.Maps).Where(map => map.Embedding is not null)];
            foreach (CampaignMap map in maps.Take(MostMethods))
            {
                string name = view.Contestants[map.Method].Name;
                SpotLabels labels = tissue.Truth ?? map.Domains;
                Rgb[] colours = tissue.Truth is null ? Colours(labels, Reference(tissue)) : LabelColours.InOrder(labels.Categories.Count);
                string description = $"{map.Embedding!.XTitle} and {map.Embedding.YTitle} of {labels.Codes.Length:N0} spots by {name}, coloured by {labels.Title} in {labels.Categories.Count} groups";
                html.Append(Figure(name, Score(view, tissue, map), ScatterLayer.Panel(map.Embedding, labels, colours, description, ScatterRasterFrom)));
            }

            html.Append("</div>\n").Append(Left(maps.Length));
            html.Append(Legend(shown, tissue));
        }

        return html.ToString();
    }

    /// <summary>A few, spread evenly over all, so that neither only the easy nor only the hard are seen.</summary>
    private static CampaignTissue[] Choose(CampaignTissue[] all) =>
        all.Length <= MostTissues ? all : [.. Enumerable.Range(0, MostTissues).Select(i => all[i * (all.Length - 1) / (MostTissues - 1)])];

    private static string Choice(int all, int shown) => shown == all ? "" : $" {shown} of {all:N0} datasets are drawn, evenly chosen from first to last.";

    /// <summary>The true domains, once below slices that have the same.</summary>
    private static string Legend(CampaignTissue[] shown, CampaignTissue tissue)
    {
        int next = Array.IndexOf(shown, tissue) + 1;
        if (tissue.Truth is not { } truth || (next < shown.Length && shown[next].Truth is { } other && other.Categories.SequenceEqual(truth.Categories)))
            return "";
        return Legends.Labels([.. LabelColours.InOrder(truth.Categories.Count).Select((colour, i) => new LegendEntry(colour, truth.Categories[i], ""))]);
    }

    private static string Left(int maps) => maps <= MostMethods ? "" : $"<p class=\"about\">{Phrases.Count(maps - MostMethods, "more method")} are not drawn.</p>\n";

    private static string Seeds(CampaignTissue[] shown)
    {
        ulong[] seeds = [.. shown.SelectMany(tissue => tissue.Maps).Select(map => map.Seed).Distinct().Order()];
        return seeds.Length == 0 ? "" : seeds.Length == 1 ? $" All are of seed {seeds[0]}." : $" They are of seeds {string.Join(", ", seeds)}.";
    }

    private static CampaignMap[] Ordered(CampaignView view, IReadOnlyList<CampaignMap> maps)
    {
        List<Contestant> order = [.. view.Contestants.All];
        return [.. maps.OrderBy(map => map.Method.Ablation.Length > 0).ThenBy(map => order.IndexOf(view.Contestants[map.Method]))];
    }

    private static SpotLabels Reference(CampaignTissue tissue) => tissue.Truth ?? tissue.Maps[0].Domains;

    private static Rgb[] Colours(SpotLabels labels, SpotLabels reference) =>
        ReferenceEquals(labels, reference) ? LabelColours.InOrder(labels.Categories.Count) : LabelColours.Matched(labels, reference);

    private static string Map(CampaignTissue tissue, SpotGeometry geometry, SpotLabels labels, SpotLabels reference, string of)
    {
        SpotMap map = DomainMap.Create(tissue.Places, geometry, labels, Colours(labels, reference), s_map);
        return map.ToFragment($"{map.Description}, {of}");
    }

    private static string Score(CampaignView view, CampaignTissue tissue, CampaignMap map)
    {
        CampaignRun? run = view.Done.FirstOrDefault(run => run.Method == map.Method && run.Dataset == tissue.Dataset && run.Seed == map.Seed);
        int found = map.Domains.Codes.Where(code => code >= 0).Distinct().Count();
        string domains = found == tissue.Truth?.Categories.Count ? "" : Phrases.Count(found, "domain");
        string ari = run?.Score("ari") is { } score ? $"ARI {Phrases.Fixed(score, "0.00")}" : "";
        return string.Join(" · ", new[] { ari, domains }.Where(part => part.Length > 0));
    }

    private static string Figure(string name, string note, string picture) =>
        $"<figure><figcaption><b>{Xml.Escape(name)}</b><span class=\"quiet\">{Xml.Escape(note)}</span></figcaption>{picture}</figure>\n";
}
