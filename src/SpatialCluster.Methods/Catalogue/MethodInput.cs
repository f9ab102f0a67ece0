using SpatialCluster.Compute.Memory;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Methods.Catalogue;

/// <summary>What a method gets to see of a slice.</summary>
public sealed record MethodInput
{
    /// <summary>The modalities' names, unique.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What each modality measures.</summary>
    public required IReadOnlyList<ModalityKind> Kinds { get; init; }

    /// <summary>Per modality spots × features, preprocessed. They belong to the caller.</summary>
    public required IReadOnlyList<Matrix> Features { get; init; }

    /// <summary>Where the spots lie.</summary>
    public required SpotCoordinates Coordinates { get; init; }

    /// <summary>Decides everything that is drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>The true domain of each spot, −1 where unknown: for a method with <see cref="IntegrationMethod.SeesTruth"/> alone.</summary>
    public IReadOnlyList<int>? Truth { get; init; }

    /// <summary>Spots of the slice.</summary>
    public int Spots => Coordinates.Count;
}
