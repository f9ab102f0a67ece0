namespace SpatialCluster.Reporting.Campaigns;

/// <summary>How far the domains of one method on one dataset agree between seeds; needs no truth.</summary>
/// <param name="Dataset">The dataset.</param>
/// <param name="Method">The method.</param>
/// <param name="Mean">The mean adjusted Rand index over all pairs of seeds.</param>
/// <param name="Least">The smallest.</param>
/// <param name="Pairs">How many pairs there are.</param>
public sealed record SeedAgreement(CampaignDataset Dataset, CampaignMethod Method, double Mean, double Least, int Pairs);
