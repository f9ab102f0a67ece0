namespace SpatialCluster.Artifacts.Stores.FileSystem;

/// <summary>What the system says of a file.</summary>
/// <param name="IsFile">Whether it is a plain file.</param>
/// <param name="Inode">Its number in its file system.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Modified">When it was last written, in nanoseconds since 1970, UTC.</param>
internal readonly record struct FileStatus(bool IsFile, ulong Inode, long Bytes, long Modified)
{
    /// <summary>
    /// A file of the store is never written in place: each content comes in a file of its own. Two that are there at a time
    /// differ by inode; one that got the inode of another was made after that was gone, so its time, which the store sets to
    /// 100 ns, is later. No content need be read.
    /// </summary>
    public ArtifactTag Tag => new($"{Inode:x}-{Modified:x}-{Bytes:x}");

    /// <summary>When it was last written.</summary>
    public DateTimeOffset Written => DateTimeOffset.UnixEpoch.AddTicks(Modified / TimeSpan.NanosecondsPerTick);
}
