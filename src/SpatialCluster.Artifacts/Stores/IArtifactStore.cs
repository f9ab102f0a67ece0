namespace SpatialCluster.Artifacts.Stores;

/// <summary>
/// Named bytes that are there whole or not at all, for any number of processes at a time. Everything else (what is named how,
/// and when something counts as done) lies above.
/// </summary>
public interface IArtifactStore
{
    /// <summary>Where it is, as a user would name it.</summary>
    string Location { get; }

    /// <summary>Writes an artifact that is not there yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="write">Writes the content; may be called again where a transient fault came between.</param>
    /// <param name="cancellation">Stops; nothing is left.</param>
    /// <returns>Its tag; null where one of that name is there, which stays as it is.</returns>
    Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default);

    /// <summary>Writes over an artifact, provided that it still is as it was.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expected">The state it must be in; null where it must not be there.</param>
    /// <param name="write">Writes the content; may be called again.</param>
    /// <param name="cancellation">Stops; the old content stays.</param>
    /// <returns>The new tag; null where it was in another state, and then it stays so.</returns>
    Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default);

    /// <summary>Opens an artifact.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="range">The part that is wanted; null for all.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Its content, to be disposed; null where there is none.</returns>
    Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default);

    /// <summary>Looks an artifact up.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What is known of it; null where there is none.</returns>
    Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default);

    /// <summary>Lists artifacts.</summary>
    /// <param name="prefix">What their names begin with; empty for all.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Those there are, in ordinal order of their names.</returns>
    IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, CancellationToken cancellation = default);

    /// <summary>Deletes an artifact.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="expected">The state it must be in; null for any.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether it was there, in that state.</returns>
    Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default);
}
