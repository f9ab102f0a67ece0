namespace SpatialCluster.Artifacts.Records;

/// <summary>Something that a grain made.</summary>
/// <param name="Name">What it is called within the grain, such as <c>embedding.npy</c>.</param>
/// <param name="Digest">Its content.</param>
/// <param name="Bytes">Its size.</param>
public sealed record GrainOutput(string Name, ContentDigest Digest, long Bytes);
