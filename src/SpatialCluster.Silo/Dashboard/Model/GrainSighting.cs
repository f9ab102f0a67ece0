using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Silo.Dashboard.Model;

/// <summary>Which artifacts of a grain are in the store.</summary>
/// <param name="Result">Its result.</param>
/// <param name="Failure">Why it was given up.</param>
/// <param name="Claim">Who works on it.</param>
internal sealed record GrainSighting(ArtifactInfo? Result, ArtifactInfo? Failure, ArtifactInfo? Claim);
