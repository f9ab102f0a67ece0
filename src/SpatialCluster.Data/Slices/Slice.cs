namespace SpatialCluster.Data.Slices;

/// <summary>One tissue section: spots with coordinates, annotations and one or more modalities, all in one spot order.</summary>
public sealed record Slice
{
    /// <summary>Where it came from, for messages.</summary>
    public required string Name { get; init; }

    /// <summary>Unique names, one per spot.</summary>
    public required IReadOnlyList<string> SpotNames { get; init; }

    /// <summary>One place per spot.</summary>
    public required SpotCoordinates Coordinates { get; init; }

    /// <summary>At least one; their <see cref="Modality.Counts"/> have one row per spot.</summary>
    public required IReadOnlyList<Modality> Modalities { get; init; }

    /// <summary>Labels that came with the spots.</summary>
    public IReadOnlyList<SpotAnnotation> Annotations { get; init; } = [];

    /// <summary>Number of spots.</summary>
    public int Spots => SpotNames.Count;
}
