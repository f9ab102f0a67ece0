using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Records;

/// <summary>A record is of a newer program, and this one cannot read it: nothing is wrong with it, and others may go on with it.</summary>
/// <param name="source">Where it lies.</param>
/// <param name="version">Its version.</param>
/// <param name="known">The newest that this program reads.</param>
public sealed class NewerRecordException(string source, int version, int known)
    : SpatialClusterException(FailureKind.Permanent, $"{source} is of version {version}, and this program reads up to {known}; use a newer program.");
