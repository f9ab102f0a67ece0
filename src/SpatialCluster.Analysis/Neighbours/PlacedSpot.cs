namespace SpatialCluster.Analysis.Neighbours;

/// <summary>A spot on its way through the tree: its scaled place, and which spot it is.</summary>
internal readonly record struct PlacedSpot(double X, double Y, int Index);

/// <summary>A direction to split along, known at compile time so that the partition loop carries no branch for it.</summary>
internal interface IAxis
{
    static abstract double Of(in PlacedSpot spot);
}

internal readonly struct XAxis : IAxis
{
    public static double Of(in PlacedSpot spot) => spot.X;
}

internal readonly struct YAxis : IAxis
{
    public static double Of(in PlacedSpot spot) => spot.Y;
}
