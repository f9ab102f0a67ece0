namespace SpatialCluster.Analysis.Neighbours;

/// <summary>The tight bounds of the spots under a node, and the lowest index among them.</summary>
internal readonly record struct SpatialBox(double Left, double Top, double Right, double Bottom, int FirstIndex)
{
    public static SpatialBox Around(ReadOnlySpan<PlacedSpot> spots)
    {
        double left = double.PositiveInfinity, top = left, right = double.NegativeInfinity, bottom = right;
        int first = int.MaxValue;
        foreach (ref readonly PlacedSpot spot in spots)
        {
            left = Math.Min(left, spot.X);
            right = Math.Max(right, spot.X);
            top = Math.Min(top, spot.Y);
            bottom = Math.Max(bottom, spot.Y);
            first = Math.Min(first, spot.Index);
        }

        return new SpatialBox(left, top, right, bottom, first);
    }

    /// <summary>
    /// A lower bound of the squared distance to any spot inside, with the same roundings as the distance itself: rounding is
    /// monotone, so the bound holds to the last bit and ties are never pruned by mistake.
    /// </summary>
    public double SquaredDistance(double x, double y)
    {
        double dx = Math.Max(0, Math.Max(Left - x, x - Right));
        double dy = Math.Max(0, Math.Max(Top - y, y - Bottom));
        return (dx * dx) + (dy * dy);
    }
}
