namespace SpatialCluster.Artifacts.Stores;

/// <summary>A part of an artifact.</summary>
/// <param name="Offset">Its first byte, from 0.</param>
/// <param name="Length">Its size; what lies behind the end is not there.</param>
public readonly record struct ByteRange(long Offset, long Length);
