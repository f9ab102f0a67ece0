using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Running;

/// <summary>How the running of a grain ended.</summary>
/// <param name="Key">The grain.</param>
/// <param name="State">How it ended.</param>
/// <param name="Seconds">How long its work took; 0 where there was none.</param>
/// <param name="Error">Why it was given up; null where it was not.</param>
public sealed record GrainOutcome(GrainKey Key, GrainState State, double Seconds, string? Error = null);
