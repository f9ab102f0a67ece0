using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Running;

/// <summary>The store failed, and not the grain: nothing can be recorded, and the campaign stops where it is.</summary>
/// <param name="cause">What the store said.</param>
public sealed class StoreFailedException(SpatialClusterException cause) : SpatialClusterException(cause.Kind, cause.Message, cause);
