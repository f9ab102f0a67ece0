using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores;

/// <summary>A store has no room left.</summary>
/// <param name="message">Where, and the way out.</param>
/// <param name="inner">The cause.</param>
public sealed class StoreFullException(string message, Exception? inner = null) : SpatialClusterException(FailureKind.Permanent, message, inner);
