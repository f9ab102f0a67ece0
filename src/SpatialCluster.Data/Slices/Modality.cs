using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Slices;

/// <summary>One kind of measurement on a slice: spots × features.</summary>
public sealed record Modality
{
    /// <summary>The name the user gave it, such as <c>rna</c>; unique within the slice.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures.</summary>
    public required ModalityKind Kind { get; init; }

    /// <summary>Counts or intensities, spots × features, in the slice's spot order.</summary>
    public required CsrMatrix Counts { get; init; }

    /// <summary>One name per column of <see cref="Counts"/>.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>Labels that came with the features.</summary>
    public IReadOnlyList<FeatureAnnotation> FeatureAnnotations { get; init; } = [];
}
