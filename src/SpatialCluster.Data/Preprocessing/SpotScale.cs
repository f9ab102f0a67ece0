namespace SpatialCluster.Data.Preprocessing;

/// <summary>What the standardisation of a spot's LSI row took away: needed to come back.</summary>
/// <param name="Mean">The mean over the row's components, the first included.</param>
/// <param name="Deviation">Their standard deviation; 0 for a spot without counts.</param>
/// <param name="First">The first component, which is not a feature.</param>
internal readonly record struct SpotScale(double Mean, double Deviation, double First);
