namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>What a collection took, or would take.</summary>
/// <param name="DryRun">Whether all of it is still there.</param>
/// <param name="Campaigns">The ids of the campaigns that were forgotten, and of remains of such.</param>
/// <param name="Grains">How many grains went.</param>
/// <param name="Blobs">How many blobs went.</param>
/// <param name="Temporary">How many files that dead processes left went.</param>
/// <param name="Bytes">The size of all that went.</param>
/// <param name="Young">How many artifacts nobody needs, but stay for now since they are young.</param>
/// <param name="YoungBytes">Their size.</param>
public sealed record CollectionReport(bool DryRun, IReadOnlyList<string> Campaigns, long Grains, long Blobs, long Temporary, long Bytes, long Young, long YoungBytes);
