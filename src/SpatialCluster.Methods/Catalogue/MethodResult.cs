using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Catalogue;

/// <summary>What a method made of a slice: an embedding, or where it has none, a joint neighbourhood.</summary>
public sealed record MethodResult : IDisposable
{
    /// <summary>Spots × width; null for a method that gives a neighbourhood instead.</summary>
    public Matrix? Embedding { get; init; }

    /// <summary>The joint nearest neighbours, for a method that gives them instead of an embedding.</summary>
    public NeighbourTable? Neighbours { get; init; }

    /// <summary>The weighted joint graph that goes straight into Leiden, beside <see cref="Neighbours"/>.</summary>
    public CsrMatrix? Graph { get; init; }

    /// <summary>How much each modality counted, spots × modalities, rows summing to 1; null where the method says nothing of it.</summary>
    public Matrix? Attention { get; init; }

    /// <summary>Per modality the reconstructed features; empty for a method that reconstructs none.</summary>
    public IReadOnlyList<Matrix> Reconstructions { get; init; } = [];

    /// <summary>What was minimised over the epochs (or, named so, what was maximised); null for a method without epochs.</summary>
    public LossHistory? Losses { get; init; }

    /// <summary>The trained parameters; null for a method that keeps none.</summary>
    public TrainedWeights? Weights { get; init; }

    /// <summary>What a user should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Releases the matrices.</summary>
    public void Dispose()
    {
        Embedding?.Dispose();
        Attention?.Dispose();
        foreach (Matrix matrix in Reconstructions)
            matrix.Dispose();
    }
}
