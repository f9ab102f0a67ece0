using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Running;

/// <summary>Another owner has taken the grain over: this attempt stops, and publishes nothing.</summary>
/// <param name="key">The grain.</param>
public sealed class GrainLostException(GrainKey key)
    : SpatialClusterException(FailureKind.Transient, $"{key} was taken over by another process; this attempt stops.");
