using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Artifacts.Content;

/// <summary>Names content that is in a store.</summary>
/// <param name="Digest">Its digest.</param>
/// <param name="Bytes">Its size.</param>
public sealed record ContentReference(ContentDigest Digest, long Bytes);
