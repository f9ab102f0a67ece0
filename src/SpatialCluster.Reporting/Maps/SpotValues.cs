namespace SpatialCluster.Reporting.Maps;

/// <summary>A number for each spot.</summary>
/// <param name="Title">What the numbers are, for legends.</param>
/// <param name="Values">One per spot; NaN where missing.</param>
public sealed record SpotValues(string Title, float[] Values);
