using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Campaigns.Submission;

/// <summary>A campaign that silos are to work on.</summary>
/// <param name="Id">The campaign.</param>
/// <param name="Activation">Unlike that of every other time that it was to be worked on.</param>
public sealed record ActiveCampaign(string Id, ArtifactTag Activation);
