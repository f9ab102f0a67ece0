using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Artifacts.Content;

/// <summary>Content that is written, has a digest, and can be given a name without being written again.</summary>
internal interface IStagedContent : IDisposable
{
    /// <summary>The digest of the content.</summary>
    ContentDigest Digest { get; }

    /// <summary>Its size.</summary>
    long Bytes { get; }

    /// <summary>As <see cref="IArtifactStore.PutIfAbsentAsync"/>.</summary>
    Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, CancellationToken cancellation);

    /// <summary>As <see cref="IArtifactStore.ReplaceAsync"/>.</summary>
    Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag expected, CancellationToken cancellation);
}
