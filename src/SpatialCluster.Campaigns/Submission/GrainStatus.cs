using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Submission;

/// <summary>Where a grain of a campaign stands.</summary>
/// <param name="Grain">The grain.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Failure">Why it was given up; null where it was not.</param>
public sealed record GrainStatus(PlannedGrain Grain, GrainStanding Standing, GrainFailure? Failure);
