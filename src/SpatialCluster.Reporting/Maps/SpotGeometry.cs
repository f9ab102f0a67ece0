namespace SpatialCluster.Reporting.Maps;

/// <summary>What the places of the spots say about how to draw them.</summary>
/// <param name="MinX">The smallest x.</param>
/// <param name="MinY">The smallest y.</param>
/// <param name="Width">The extent in x.</param>
/// <param name="Height">The extent in y.</param>
/// <param name="Spacing">The median distance to the nearest other place; positive.</param>
/// <param name="IsSquareLattice">Whether the neighbours lie to the left, right, above and below, and nowhere else.</param>
internal sealed record SpotGeometry(double MinX, double MinY, double Width, double Height, double Spacing, bool IsSquareLattice)
{
    // Spots whose neighbours are looked at: enough for a median, and the same cost for a million spots.
    private const int Probes = 1000;
    private const double Near = 1.2;

    public static SpotGeometry Measure(SpotPlaces places)
    {
        if (places.Count == 0)
            return new SpotGeometry(0, 0, 0, 0, 1, IsSquareLattice: false);
        double minX = places.X.Min(), minY = places.Y.Min();
        double width = places.X.Max() - minX, height = places.Y.Max() - minY;
        // Sorted along the longer side, the neighbours of a spot lie close by in the order.
        bool swap = height > width;
        double[] u = (double[])(swap ? places.Y : places.X).Clone();
        double[] v = (double[])(swap ? places.X : places.Y).Clone();
        Array.Sort(u, v);
        int probes = Math.Min(Probes, places.Count);
        var distances = new List<double>(probes);
        for (int probe = 0; probe < probes; probe++)
        {
            double distance = NearestOther(u, v, Index(probe, probes, u.Length));
            if (double.IsFinite(distance))
                distances.Add(distance);
        }

        if (distances.Count == 0)
            return new SpotGeometry(minX, minY, width, height, 1, IsSquareLattice: false);
        distances.Sort();
        double spacing = distances[distances.Count / 2];
        return new SpotGeometry(minX, minY, width, height, spacing, IsLattice(u, v, probes, spacing));
    }

    private static int Index(int probe, int probes, int spots) => (int)((long)probe * spots / probes);

    private static double NearestOther(double[] u, double[] v, int spot)
    {
        double best = double.PositiveInfinity;
        foreach (int step in (int[])[-1, 1])
        {
            for (int other = spot + step; (uint)other < (uint)u.Length; other += step)
            {
                double du = u[other] - u[spot], dv = v[other] - v[spot];
                double squared = (du * du) + (dv * dv);
                if (du * du >= best)
                    break;
                if (squared > 0 && squared < best)
                    best = squared;
            }
        }

        return Math.Sqrt(best);
    }

    private static bool IsLattice(double[] u, double[] v, int probes, double spacing)
    {
        int fitting = 0, seen = 0;
        for (int probe = 0; probe < probes; probe++)
        {
            int spot = Index(probe, probes, u.Length);
            int straight = 0, slanted = 0;
            foreach (int step in (int[])[-1, 1])
            {
                for (int other = spot + step; (uint)other < (uint)u.Length && Math.Abs(u[other] - u[spot]) <= Near * spacing; other += step)
                {
                    double du = Math.Abs(u[other] - u[spot]), dv = Math.Abs(v[other] - v[spot]);
                    if ((du * du) + (dv * dv) > Near * Near * spacing * spacing)
                        continue;
                    if (Math.Min(du, dv) < 0.02 * spacing && Math.Abs(Math.Max(du, dv) - spacing) < 0.02 * spacing)
                        straight++;
                    else
                        slanted++;
                }
            }

            if (straight + slanted == 0)
                continue;
            seen++;
            if (slanted == 0)
                fitting++;
        }

        return seen > 0 && fitting >= 0.9 * seen;
    }
}
