using SpatialCluster.Methods.Training;

namespace SpatialCluster.Methods.Integration;

/// <summary>How an integration is watched and stopped.</summary>
public sealed record IntegrationControl
{
    /// <summary>Told when a stage begins, such as <c>preprocess rna</c>.</summary>
    public Action<string>? Stage { get; init; }

    /// <summary>Of the training: progress, cancellation, checkpoints.</summary>
    public TrainingControl Training { get; init; } = new();

    /// <summary>The most bytes that the run may be forecast to take; null for what the machine has.</summary>
    public long? MemoryLimit { get; init; }
}
