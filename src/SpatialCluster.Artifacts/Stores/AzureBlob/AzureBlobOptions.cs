using Azure.Core.Pipeline;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>How a store of blobs is talked to.</summary>
public sealed record AzureBlobOptions
{
    /// <summary>How long one request is tried again where the store is away or throttles: longer than a minute of absence.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>The same until the store has answered for the first time, when the location is more likely to be wrong.</summary>
    public TimeSpan OpenPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause before a request is tried again; it doubles each time, to <see cref="LongestPause"/>.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two tries.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long one try may take.</summary>
    public TimeSpan TryTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Content of up to this size is written by one request; what is larger goes in blocks of it.</summary>
    public int BlockBytes { get; init; } = 4 << 20;

    /// <summary>How many blocks of one artifact are on their way at a time; with one that is being filled they bound the memory of a write.</summary>
    public int ParallelBlocks { get; init; } = 4;

    /// <summary>Content of up to this size is in memory when it is opened, so that nothing can happen to it while it is read.</summary>
    public int ReadAheadBytes { get; init; } = 1 << 20;

    /// <summary>What requests go through; the network where null.</summary>
    internal HttpPipelineTransport? Transport { get; init; }
}
