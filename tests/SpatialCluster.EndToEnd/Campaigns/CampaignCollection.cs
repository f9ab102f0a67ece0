namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>One class at a time: each has several processes.</summary>
[CollectionDefinition(Name)]
public sealed class CampaignCollection : ICollectionFixture<CampaignWorkplace>
{
    public const string Name = "campaigns";
}
