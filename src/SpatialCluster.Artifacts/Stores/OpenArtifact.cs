namespace SpatialCluster.Artifacts.Stores;

/// <summary>An artifact that is being read.</summary>
/// <param name="Content">Its bytes, or those of the range.</param>
/// <param name="Tag">The state that the bytes are of.</param>
/// <param name="Bytes">The size of the whole artifact.</param>
public sealed record OpenArtifact(Stream Content, ArtifactTag Tag, long Bytes) : IAsyncDisposable
{
    /// <summary>Closes it.</summary>
    /// <returns>When it is closed.</returns>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
