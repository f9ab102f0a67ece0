namespace SpatialCluster.Reporting.Maps;

/// <summary>What a spot is drawn as.</summary>
public enum SpotShape
{
    /// <summary>Squares where the spots form a square lattice, else circles.</summary>
    Automatic,

    /// <summary>Circles as wide as the median distance to the nearest neighbour.</summary>
    Circle,

    /// <summary>Squares as wide as the median distance to the nearest neighbour.</summary>
    Square,
}
