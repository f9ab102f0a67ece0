using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>A store that fails where it is told to, after it did what it was asked for.</summary>
public sealed class LosingStore(IArtifactStore inner) : IArtifactStore
{
    /// <summary>Told of every change that was made; whether its answer is lost.</summary>
    public Func<ArtifactName, bool> Loses { get; set; } = _ => false;

    public string Location => inner.Location;

    public async Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        Answer(name, await inner.PutIfAbsentAsync(name, write, cancellation));

    public async Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
        Answer(name, await inner.ReplaceAsync(name, expected, write, cancellation));

    public Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default) => inner.OpenAsync(name, range, cancellation);

    public Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default) => inner.FindAsync(name, cancellation);

    public IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);

    public async Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default) =>
        Answer(name, await inner.DeleteAsync(name, expected, cancellation));

    private T Answer<T>(ArtifactName name, T answer) =>
        Loses(name) ? throw new SpatialClusterException(FailureKind.Transient, "The answer was lost.") : answer;
}
