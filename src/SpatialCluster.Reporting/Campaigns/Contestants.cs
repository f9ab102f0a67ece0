using SpatialCluster.Reporting.Charts;

namespace SpatialCluster.Reporting.Campaigns;

/// <summary>The methods of a campaign in the order of their first run, each with its name and its look.</summary>
internal sealed class Contestants
{
    private readonly Dictionary<CampaignMethod, Contestant> _byMethod = [];

    public Contestants(CampaignReport report)
    {
        List<CampaignMethod> methods =
        [
            .. report.Runs.Select(run => run.Method)
                .Concat(report.Agreements.Select(agreement => agreement.Method))
                .Concat(report.Tissues.SelectMany(tissue => tissue.Maps).Select(map => map.Method))
                .Distinct(),
        ];
        List<CampaignMethod> whole = [.. methods.Where(method => method.Ablation.Length == 0)];
        // What is ablated looks like the method that it is part of.
        List<CampaignMethod> looks = [.. whole];
        foreach (CampaignMethod method in methods)
        {
            if (Whole(method, looks) is null)
                looks.Add(method);
        }

        foreach (CampaignMethod method in methods)
            _byMethod.Add(method, new Contestant(method, Name(method, methods), new SeriesLook(looks.IndexOf(Whole(method, looks)!))));
        All = [.. methods.Select(method => _byMethod[method])];
        Full = [.. All.Where(contestant => !contestant.IsAblation)];
    }

    public IReadOnlyList<Contestant> All { get; }

    /// <summary>Those without ablation.</summary>
    public IReadOnlyList<Contestant> Full { get; }

    public Contestant this[CampaignMethod method] => _byMethod[method];

    /// <summary>The method that an ablated one is part of: itself where nothing is ablated; null where the campaign has none.</summary>
    public Contestant? WholeOf(Contestant contestant) =>
        Whole(contestant.Method, [.. Full.Select(full => full.Method)]) is { } method ? _byMethod[method] : null;

    private static CampaignMethod? Whole(CampaignMethod method, List<CampaignMethod> among) =>
        among.Find(other => other == method)
        ?? (method.Ablation.Length == 0
            ? null
            : among.Find(other => other == method with { Ablation = "", Overrides = other.Overrides })
              ?? among.Find(other => other.Id == method.Id && other.Preset == method.Preset)
              ?? among.Find(other => other.Id == method.Id));

    private static string Name(CampaignMethod method, List<CampaignMethod> all)
    {
        List<CampaignMethod> namesakes = [.. all.Where(other => other.Title == method.Title && other.Ablation == method.Ablation)];
        string name = method.Ablation.Length > 0 ? $"{method.Title} {method.Ablation}" : method.Title;
        foreach (Func<CampaignMethod, string> part in new Func<CampaignMethod, string>[] { m => m.Id, m => m.Preset, m => m.Overrides, m => m.Clusterer, m => m.Version })
        {
            if (part(method).Length > 0 && namesakes.Exists(other => part(other) != part(method)))
                name += " · " + part(method);
        }

        return name;
    }
}
