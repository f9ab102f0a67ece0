using SpatialCluster.Compute.Memory;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>What a trained SpaMI says about a slice.</summary>
public sealed record SpaMiResult : IDisposable
{
    /// <summary>The fused embedding, spots × width.</summary>
    public required Matrix Embedding { get; init; }

    /// <summary>Attention weights, spots × modalities, rows summing to 1; null where modalities are concatenated.</summary>
    public required Matrix? Attention { get; init; }

    /// <summary>Per modality the reconstructed features, spots × features.</summary>
    public required IReadOnlyList<Matrix> Reconstructions { get; init; }

    /// <summary>The loss over the epochs; empty for a loaded model.</summary>
    public required LossHistory Losses { get; init; }

    /// <summary>The trained weights.</summary>
    public required TrainedWeights Weights { get; init; }

    /// <summary>Releases the matrices.</summary>
    public void Dispose()
    {
        Embedding.Dispose();
        Attention?.Dispose();
        foreach (Matrix matrix in Reconstructions)
            matrix.Dispose();
    }
}
