using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Text;

/// <summary>Where a coordinates file puts the spots of a slice.</summary>
public sealed record SpotPlaces
{
    /// <summary>One place per spot, in their order; NaN for those without.</summary>
    public required SpotCoordinates Coordinates { get; init; }

    /// <summary>Which spots the file knows.</summary>
    public required bool[] Placed { get; init; }

    /// <summary>Which spots the file says lie on the tissue (<c>in_tissue</c>, <c>selected</c>); all where it does not say.</summary>
    public required bool[] OnTissue { get; init; }

    /// <summary>How the file was joined and which columns were taken: a sentence.</summary>
    public required string Note { get; init; }
}
