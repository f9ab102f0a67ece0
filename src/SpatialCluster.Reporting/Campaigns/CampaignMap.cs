using SpatialCluster.Reporting.Maps;
using SpatialCluster.Reporting.Reports;

namespace SpatialCluster.Reporting.Campaigns;

/// <summary>What one run found on a slice, to be drawn beside what others found.</summary>
/// <param name="Method">The method.</param>
/// <param name="Seed">The seed of the run that is shown.</param>
/// <param name="Domains">The domains found, one per spot.</param>
/// <param name="Embedding">The embedding in two dimensions, such as a UMAP; absent where none is to be drawn.</param>
public sealed record CampaignMap(CampaignMethod Method, ulong Seed, SpotLabels Domains, EmbeddingPlot? Embedding = null);
