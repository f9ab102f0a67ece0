using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Integration;

/// <summary>An integrated slice.</summary>
public sealed record IntegrationResult : IDisposable
{
    /// <summary>The features of each modality and the way back from them, in the slice's order.</summary>
    public required IReadOnlyList<PreprocessedModality> Preprocessed { get; init; }

    /// <summary>Embedding or joint graph, attention, reconstructions, losses, weights.</summary>
    public required MethodResult Trained { get; init; }

    /// <summary>The domains.</summary>
    public required TissueDomains Domains { get; init; }

    /// <summary>What a user should know.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Time by stage, in order.</summary>
    public required IReadOnlyList<StageTime> Times { get; init; }

    /// <summary>Releases the matrices.</summary>
    public void Dispose()
    {
        Trained.Dispose();
        foreach (PreprocessedModality modality in Preprocessed)
            modality.Dispose();
    }
}
