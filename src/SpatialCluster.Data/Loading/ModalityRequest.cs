using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>A modality that a slice should have.</summary>
public sealed record ModalityRequest
{
    /// <summary>The name the user gives it, such as <c>rna</c>; unique within the request, without case.</summary>
    public required string Name { get; init; }

    /// <summary>The file or folder.</summary>
    public required string Path { get; init; }

    /// <summary>What it measures; taken from the name where it is not said.</summary>
    public ModalityKind? Kind { get; init; }

    /// <summary>Which part of the file, and how to read it.</summary>
    public ReadOptions Options { get; init; } = new();

    /// <summary>Values that are no whole numbers are known to be right, so that nobody need be warned of them.</summary>
    public bool FractionsExpected { get; init; }

    /// <summary>The values are features ready for a model, not counts: negative ones are right.</summary>
    public bool Preprocessed { get; init; }
}
