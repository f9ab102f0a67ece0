using SpatialCluster.Reporting.Maps;

namespace SpatialCluster.Reporting.Campaigns;

/// <summary>A slice whose domains are to be drawn, method beside method.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Places">Where its spots lie.</param>
/// <param name="Truth">The true domains, where they are known.</param>
/// <param name="Maps">One per method.</param>
public sealed record CampaignTissue(CampaignDataset Dataset, SpotPlaces Places, SpotLabels? Truth, IReadOnlyList<CampaignMap> Maps);
