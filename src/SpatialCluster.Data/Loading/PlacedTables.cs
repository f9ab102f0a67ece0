using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>Places for the spots of the first table; <paramref name="Keep"/> says which of them the slice takes.</summary>
/// <param name="Coordinates">One place per spot of the first table; NaN where there is none.</param>
/// <param name="Placed">Which spots have a place.</param>
/// <param name="Keep">Which spots have a place on the tissue.</param>
internal sealed record PlacedTables(SpotCoordinates Coordinates, bool[] Placed, bool[] Keep);
