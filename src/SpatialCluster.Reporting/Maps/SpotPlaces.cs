namespace SpatialCluster.Reporting.Maps;

/// <summary>Where the spots lie: x to the right, y downwards, in any unit.</summary>
/// <param name="X">One finite x per spot.</param>
/// <param name="Y">One finite y per spot.</param>
public sealed record SpotPlaces(double[] X, double[] Y)
{
    /// <summary>Number of spots.</summary>
    public int Count => X.Length;
}
