using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>Figures of one modality as it lies in the slice.</summary>
public sealed record ModalityReport
{
    /// <summary>The name the user gave it.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures.</summary>
    public required ModalityKind Kind { get; init; }

    /// <summary>The file and the part of it.</summary>
    public required string Source { get; init; }

    /// <summary>Spots in the file.</summary>
    public required int SpotsInFile { get; init; }

    /// <summary>Number of features.</summary>
    public required int Features { get; init; }

    /// <summary>Values other than zero.</summary>
    public required long NonZeros { get; init; }

    /// <summary>The smallest value, zeros included.</summary>
    public required float Minimum { get; init; }

    /// <summary>The largest value, zeros included.</summary>
    public required float Maximum { get; init; }

    /// <summary>Every value is a whole number.</summary>
    public required bool WholeNumbers { get; init; }

    /// <summary>Spots in which every feature is zero.</summary>
    public required int EmptySpots { get; init; }

    /// <summary>The first few of them.</summary>
    public required IReadOnlyList<string> EmptySpotNames { get; init; }

    /// <summary>Features that are zero in every spot.</summary>
    public required int EmptyFeatures { get; init; }

    /// <summary>The first few of them.</summary>
    public required IReadOnlyList<string> EmptyFeatureNames { get; init; }
}
