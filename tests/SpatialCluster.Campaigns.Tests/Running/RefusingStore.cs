using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>A store that, once something was written, refuses for good to change what it is told to refuse.</summary>
public sealed class RefusingStore(IArtifactStore inner) : IArtifactStore
{
    private bool _refuses;

    /// <summary>What is not to be changed any more.</summary>
    public Func<ArtifactName, bool> Refuses { get; set; } = _ => false;

    /// <summary>After what was written.</summary>
    public ArtifactName? RefusesAfter { get; set; }

    public string Location => inner.Location;

    public async Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        Require(name);
        ArtifactTag? written = await inner.PutIfAbsentAsync(name, write, cancellation);
        _refuses |= name == RefusesAfter;
        return written;
    }

    public Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
    {
        Require(name);
        return inner.ReplaceAsync(name, expected, write, cancellation);
    }

    public Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default) => inner.OpenAsync(name, range, cancellation);

    public Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default) => inner.FindAsync(name, cancellation);

    public IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);

    public Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default)
    {
        Require(name);
        return inner.DeleteAsync(name, expected, cancellation);
    }

    private void Require(ArtifactName name)
    {
        if (_refuses && Refuses(name))
            throw new SpatialClusterException(FailureKind.Permanent, $"{name} may not be changed.");
    }
}
