namespace SpatialCluster.Methods.Integration;

/// <summary>How long a stage took.</summary>
/// <param name="Stage">Its name.</param>
/// <param name="Seconds">Its time.</param>
public readonly record struct StageTime(string Stage, double Seconds);
