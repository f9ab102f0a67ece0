namespace SpatialCluster.Data.Text;

/// <summary>Columns of a coordinates file, each by its name or its number from 1.</summary>
/// <param name="X">Rising to the right.</param>
/// <param name="Y">Rising downwards.</param>
/// <param name="Spot">Spot names; found by itself where it is not said.</param>
public sealed record CoordinateColumns(string X, string Y, string? Spot = null);
