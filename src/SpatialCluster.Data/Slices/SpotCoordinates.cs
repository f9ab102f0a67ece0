namespace SpatialCluster.Data.Slices;

/// <summary>Where the spots lie: x to the right, y downwards as in <c>obsm["spatial"]</c>, in the file's own unit.</summary>
/// <param name="X">One x per spot.</param>
/// <param name="Y">One y per spot.</param>
public sealed record SpotCoordinates(double[] X, double[] Y)
{
    /// <summary>Number of spots.</summary>
    public int Count => X.Length;
}
