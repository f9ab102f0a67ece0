using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Analysis.Neighbours;

/// <summary>
/// Exact nearest neighbours between the rows of a feature matrix: every pair is compared, in blocks, so time is quadratic in
/// spots and memory linear.
/// </summary>
public static class FeatureNeighbours
{
    /// <summary>
    /// Finds the nearest rows of every row. A float32 pass over all pairs keeps a quarter more candidates than are asked for;
    /// these are measured again in double, where ties are broken by index. Equal rows are at distance 0 exactly. The outcome
    /// does not depend on threads, blocks or vector width.
    /// </summary>
    /// <param name="features">Spots × features, finite.</param>
    /// <param name="neighbours">How many per spot; at least 1 and less than the number of spots.</param>
    /// <param name="metric">The distance.</param>
    /// <param name="team">The threads to use.</param>
    /// <returns>spots × neighbours.</returns>
    /// <exception cref="BadInputException">Too few spots for that many neighbours, or a value that is not finite.</exception>
    public static NeighbourTable Nearest(Matrix features, int neighbours, FeatureMetric metric, ThreadTeam team)
    {
        NeighbourCount.Check(features.Rows, neighbours);
        var vectors = new ComparableVectors(features, metric, team);
        using var packed = new PackedVectors(vectors, team);
        var indices = new int[features.Rows * neighbours];
        var distances = new double[features.Rows * neighbours];
        var search = new FeatureSearch(vectors, packed, neighbours, indices, distances);
        team.For(search.Tiles, search.Run);
        return new NeighbourTable(features.Rows, neighbours, indices, distances);
    }
}
