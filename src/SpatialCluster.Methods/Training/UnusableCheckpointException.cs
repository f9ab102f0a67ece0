using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Methods.Training;

/// <summary>A checkpoint that cannot be continued: damaged, of another version, or another run's. Without it the training starts anew.</summary>
/// <param name="message">What is wrong with it, and the way out.</param>
/// <param name="inner">The cause, if another exception is behind it.</param>
public sealed class UnusableCheckpointException(string message, Exception? inner = null) : SpatialClusterException(FailureKind.BadInput, message, inner);
