using SpatialCluster.Reporting.Charts;

namespace SpatialCluster.Reporting.Campaigns;

/// <summary>A method as the page shows it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Name">Its title, and behind it what tells it from others of that title.</param>
/// <param name="Look">Its colour, marker and dashes, the same all over the page.</param>
internal sealed record Contestant(CampaignMethod Method, string Name, SeriesLook Look)
{
    public bool IsAblation => Method.Ablation.Length > 0;
}
