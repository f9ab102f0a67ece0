namespace SpatialCluster.Artifacts.Content;

/// <summary>A store in which content can be staged where it will lie.</summary>
internal interface IStagingStore
{
    /// <summary>Writes content without a name.</summary>
    Task<IStagedContent> StageAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellation);
}
