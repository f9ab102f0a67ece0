using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// The fuzzy neighbour graph of UMAP (McInnes, Healy &amp; Melville 2018, algorithms 2 and 3), with the constants of umap-learn:
/// what scanpy's <c>pp.neighbors(method="umap")</c> stores as connectivities, on exact neighbours.
/// </summary>
public static class FuzzyNeighbourGraph
{
    /// <summary>Neighbours per spot, the spot itself included, when nothing else is said.</summary>
    public const int DefaultNeighbours = 50;

    /// <summary>Finds the neighbours of feature vectors and connects them.</summary>
    /// <param name="features">Spots × features, finite.</param>
    /// <param name="neighbours">Neighbours per spot as scanpy counts them, the spot itself included: at least 2. More than there
    /// are spots is lowered to 1 + spots/2, as scanpy does.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="team">The threads to use.</param>
    /// <returns>A symmetric spots × spots graph with weights in (0, 1] and no self loops.</returns>
    /// <exception cref="BadInputException">Fewer than 2 spots or neighbours, or a value that is not finite.</exception>
    public static CsrMatrix FromFeatures(Matrix features, int neighbours, FeatureMetric metric, ThreadTeam team)
    {
        if (neighbours < 2)
            throw new BadInputException($"A fuzzy neighbour graph counts the spot itself among its {neighbours} neighbours; give --neighbors 2 or more.");
        if (neighbours > features.Rows)
            neighbours = 1 + (features.Rows / 2);
        return Connect(FeatureNeighbours.Nearest(features, Math.Max(1, neighbours - 1), metric, team), team);
    }

    /// <summary>Turns distances into connectivities: memberships of directed edges, then their fuzzy union a + b − ab.</summary>
    /// <param name="table">Neighbours without the spot itself; one less than scanpy's <c>n_neighbors</c>.</param>
    /// <param name="team">The threads to use.</param>
    /// <returns>A symmetric spots × spots graph with weights in (0, 1] and no self loops.</returns>
    public static CsrMatrix Connect(NeighbourTable table, ThreadTeam team)
    {
        CsrMatrix directed = Memberships(table, team);
        return NeighbourGraphs.Union(directed, directed.Transpose(), static (a, b) => a + b - (a * b));
    }

    /// <summary>The memberships of the directed edges, before the union.</summary>
    internal static CsrMatrix Memberships(NeighbourTable table, ThreadTeam team)
    {
        var scales = new MembershipScales(table, team);
        CsrMatrix pattern = NeighbourGraphs.Directed(table);
        const int SpotsPerTile = 256;
        team.For((table.Spots + SpotsPerTile - 1) / SpotsPerTile, tile =>
        {
            int end = Math.Min(table.Spots, (tile + 1) * SpotsPerTile);
            for (int spot = tile * SpotsPerTile; spot < end; spot++)
            {
                ReadOnlySpan<int> neighbours = table.IndicesOf(spot);
                ReadOnlySpan<int> columns = pattern.RowColumns(spot);
                Span<float> values = pattern.Values.AsSpan(spot * table.Neighbours, table.Neighbours);
                for (int j = 0; j < neighbours.Length; j++)
                    values[columns.BinarySearch(neighbours[j])] = (float)scales.Membership(spot, table.DistancesOf(spot)[j]);
            }
        });
        return pattern;
    }
}
