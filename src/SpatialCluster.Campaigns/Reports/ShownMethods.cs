using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Tables;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Campaigns.Reports;

/// <summary>The methods of a campaign as its page compares them: one that takes a preset by the kind of each dataset is one method all the same.</summary>
internal sealed class ShownMethods
{
    private readonly Dictionary<CampaignMethod, string> _presets;

    public ShownMethods(IReadOnlyList<ReportRow> rows) => _presets = rows
        .Select(TableRecords.MethodOf)
        .Distinct()
        .GroupBy(m => m with { Preset = "" })
        .ToDictionary(g => g.Key, g => string.Join(" or ", g.Select(m => m.Preset)));

    /// <summary>The method, with all presets that it takes in the campaign.</summary>
    public CampaignMethod Of(CampaignMethod method) => method with { Preset = _presets[method with { Preset = "" }] };
}
