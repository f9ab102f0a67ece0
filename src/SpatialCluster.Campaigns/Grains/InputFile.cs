using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>A file that came from outside, and lies in the store.</summary>
/// <param name="Name">What the spec calls it: its own name, without folders of the machine it came from.</param>
/// <param name="Content">Its content.</param>
/// <param name="Bytes">Its size.</param>
public sealed record InputFile(string Name, ContentDigest Content, long Bytes);
