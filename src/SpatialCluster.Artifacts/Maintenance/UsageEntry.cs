namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>What something takes in a store.</summary>
/// <param name="What">What it is, such as <c>blobs</c>, <c>grains/training-run</c> or the id of a campaign.</param>
/// <param name="Artifacts">How many artifacts.</param>
/// <param name="Bytes">Their sizes together.</param>
public sealed record UsageEntry(string What, long Artifacts, long Bytes);
