using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Data.Slices;

/// <summary>What a reader found in one file (or one group of it), before modalities are joined into a slice.</summary>
public sealed record MeasurementTable
{
    /// <summary>The file, and the part of it, for messages: <c>a.h5ad (layers/counts)</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Unique names, one per row of <see cref="Values"/>.</summary>
    public required IReadOnlyList<string> SpotNames { get; init; }

    /// <summary>One name per column of <see cref="Values"/>.</summary>
    public required IReadOnlyList<string> FeatureNames { get; init; }

    /// <summary>Spots × features, as stored.</summary>
    public required CsrMatrix Values { get; init; }

    /// <summary>10x feature types or the modality of each feature, where the file tells; else empty.</summary>
    public IReadOnlyList<string> FeatureTypes { get; init; } = [];

    /// <summary>What else the file holds in place of <see cref="Values"/>: names of layers, <c>X</c> or <c>raw</c>.</summary>
    public IReadOnlyList<string> OtherLayers { get; init; } = [];

    /// <summary>Where the spots lie, where the file tells.</summary>
    public SpotCoordinates? Coordinates { get; init; }

    /// <summary>Categorical columns of <c>obs</c>.</summary>
    public IReadOnlyList<SpotAnnotation> Annotations { get; init; } = [];

    /// <summary>Things worth telling the user that are no errors.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
