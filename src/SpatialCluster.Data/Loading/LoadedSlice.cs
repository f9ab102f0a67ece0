using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Loading;

/// <summary>A slice and how it came about.</summary>
/// <param name="Slice">The slice.</param>
/// <param name="Truth">The known labels that were asked for; null where none were.</param>
/// <param name="Report">What was found on the way.</param>
public sealed record LoadedSlice(Slice Slice, SpotAnnotation? Truth, LoadReport Report);
