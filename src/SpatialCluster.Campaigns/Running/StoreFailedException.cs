using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Running;

/// <summary>The store failed, and not the grain: nothing can be recorded, and the campaign stops where it is.</summary>
/// <param name="cause">What the store said.</param>
public sealed class StoreFailedException(SpatialClusterException cause)
    : SpatialClusterException(cause is StoreFullException ? FailureKind.Transient : cause.Kind, cause.Message, cause)
{
    /// <summary>Whether the store has no room: somebody may make some, and until then every attempt ends alike.</summary>
    public bool IsFull => cause is StoreFullException;
}
