using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;

namespace SpatialCluster.Engine.Orleans.Work;

/// <summary>What campaigns' grains need of their silo.</summary>
/// <param name="Records">The store.</param>
/// <param name="Campaigns">Its campaigns.</param>
/// <param name="Events">Tells the cluster.</param>
/// <param name="Settings">The silo.</param>
internal sealed record CampaignDesk(GrainRecords Records, CampaignStore Campaigns, EventTeller Events, OrleansSiloSettings Settings);
