using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>What a SpatialGlue training starts from.</summary>
internal sealed record SpatialGlueInput
{
    /// <summary>The modalities' names, unique.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Per modality spots × features, preprocessed.</summary>
    public required IReadOnlyList<Matrix> Features { get; init; }

    /// <summary>In space and in features.</summary>
    public required SpatialGlueGraphs Graphs { get; init; }

    /// <summary>Hyper-parameters.</summary>
    public required SpatialGlueOptions Options { get; init; }

    /// <summary>Decides initial weights.</summary>
    public ulong Seed { get; init; }

    /// <summary>The bytes that the network's arena holds.</summary>
    public long ArenaBytes(int threads)
    {
        Arena measure = Arena.Measure();
        _ = Build(threads, measure);
        return measure.UsedBytes;
    }

    /// <summary>Builds the network in an arena of exactly its size, its parameters zero; the arena is to be disposed after the network's last use.</summary>
    public SpatialGlueNetwork Build(int threads, out Arena arena)
    {
        arena = Arena.OfSize(ArenaBytes(threads));
        return Build(threads, arena);
    }

    private SpatialGlueNetwork Build(int threads, Arena arena) => new(Names, Features, Graphs, Options, Seed, threads, arena);
}
