namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>How far a verification is.</summary>
/// <param name="Blobs">Blobs that were read.</param>
/// <param name="OfBlobs">Of so many.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="OfBytes">Of so many.</param>
public sealed record VerificationProgress(long Blobs, long OfBlobs, long Bytes, long OfBytes);
