using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>Exact nearest neighbours in the plane of the tissue, by a k-d tree: about linear in spots, whatever their layout.</summary>
public static class SpatialNeighbours
{
    private const int LeavesPerTile = 128;

    /// <summary>
    /// Finds the nearest spots of every spot by Euclidean distance. Squared distances are compared in double and ties broken
    /// by spot index, so regular grids and spots at one place have one outcome, the same for every thread count.
    /// </summary>
    /// <param name="coordinates">One finite place per spot.</param>
    /// <param name="neighbours">How many per spot; at least 1 and less than the number of spots.</param>
    /// <param name="team">The threads to use.</param>
    /// <returns>spots × neighbours; distances in the unit of the coordinates.</returns>
    /// <exception cref="BadInputException">Too few spots for that many neighbours, or a coordinate that is not finite.</exception>
    public static NeighbourTable Nearest(SpotCoordinates coordinates, int neighbours, ThreadTeam team)
    {
        int spots = coordinates.Count;
        if (coordinates.Y.Length != spots)
            throw new ArgumentException($"{spots} x and {coordinates.Y.Length} y coordinates do not belong together.", nameof(coordinates));
        NeighbourCount.Check(spots, neighbours);
        int exponent = Exponent(coordinates);
        var placed = new PlacedSpot[spots];
        for (int i = 0; i < spots; i++)
            placed[i] = new PlacedSpot(Math.ScaleB(coordinates.X[i], -exponent), Math.ScaleB(coordinates.Y[i], -exponent), i);

        var tree = new SpatialTree(placed, team);
        var indices = new int[spots * neighbours];
        var distances = new double[spots * neighbours];
        team.For((tree.Leaves + LeavesPerTile - 1) / LeavesPerTile, tile =>
        {
            var nearest = new NearestList(new double[neighbours], new int[neighbours]);
            int end = Math.Min(tree.Leaves, (tile + 1) * LeavesPerTile);
            for (int leaf = tile * LeavesPerTile; leaf < end; leaf++)
            {
                foreach (ref readonly PlacedSpot spot in tree.Leaf(leaf))
                {
                    nearest.Clear();
                    tree.Search(spot, ref nearest);
                    int row = spot.Index * neighbours;
                    nearest.Indices.CopyTo(indices.AsSpan(row));
                    for (int j = 0; j < neighbours; j++)
                        distances[row + j] = Math.ScaleB(Math.Sqrt(nearest.Squared[j]), exponent);
                }
            }
        });
        return new NeighbourTable(spots, neighbours, indices, distances);
    }

    /// <summary>
    /// The power of two that brings the largest coordinate to about 1: scaling by it rounds nothing, and squares neither
    /// overflow nor vanish.
    /// </summary>
    private static int Exponent(SpotCoordinates coordinates)
    {
        double largest = 0;
        for (int i = 0; i < coordinates.Count; i++)
        {
            double x = Math.Abs(coordinates.X[i]), y = Math.Abs(coordinates.Y[i]);
            if (!double.IsFinite(x) || !double.IsFinite(y))
                throw new BadInputException($"Spot {i} has no finite place ({coordinates.X[i]}, {coordinates.Y[i]}); correct or remove it in the coordinates.");
            largest = Math.Max(largest, Math.Max(x, y));
        }

        return largest == 0 ? 0 : Math.ILogB(largest);
    }
}
