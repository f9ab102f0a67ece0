using SpatialCluster.Compute.Memory;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>What a SpaMI training starts from.</summary>
public sealed record SpaMiInput
{
    /// <summary>The modalities' names, unique.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Per modality spots × features, preprocessed.</summary>
    public required IReadOnlyList<Matrix> Features { get; init; }

    /// <summary>The spatial neighbourhood.</summary>
    public required SpaMiGraphs Graphs { get; init; }

    /// <summary>Hyper-parameters.</summary>
    public required SpaMiOptions Options { get; init; }

    /// <summary>Decides initial weights, dropout and shuffles.</summary>
    public ulong Seed { get; init; }

    /// <summary>The bytes that a training takes beside its input: what the arena would hold, and the dropout masks.</summary>
    /// <param name="threads">Threads of the team.</param>
    /// <returns>The size in bytes.</returns>
    public long ForecastBytes(int threads)
    {
        Arena measure = Arena.Measure();
        _ = new SpaMiNetwork(Names, Features, Graphs, Options, Seed, threads, measure);
        return measure.UsedBytes + SpaMiNetwork.ManagedBytes(Features, Options);
    }

    /// <summary>Builds the network in an arena of exactly its size.</summary>
    /// <param name="threads">Threads of the team.</param>
    /// <param name="arena">Receives the arena, to be disposed after the network's last use.</param>
    /// <returns>The network, its parameters zero.</returns>
    internal SpaMiNetwork Build(int threads, out Arena arena)
    {
        Arena measure = Arena.Measure();
        _ = new SpaMiNetwork(Names, Features, Graphs, Options, Seed, threads, measure);
        arena = Arena.OfSize(measure.UsedBytes);
        return new SpaMiNetwork(Names, Features, Graphs, Options, Seed, threads, arena);
    }
}
