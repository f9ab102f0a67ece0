namespace SpatialCluster.Campaigns.Running;

/// <summary>How the grains of a campaign ended.</summary>
/// <param name="Done">Made now.</param>
/// <param name="Reused">Found done.</param>
/// <param name="Failed">Given up, or waiting for one that was.</param>
public sealed record CampaignOutcome(int Done, int Reused, int Failed);
