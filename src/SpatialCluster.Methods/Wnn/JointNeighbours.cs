using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Methods.Wnn;

/// <summary>
/// The nearest spots by all modalities together (Seurat's <c>MultiModalNN</c>): among those near in any modality, the ones with
/// the highest similarity s = Σ_r weight · kernel. Their distance is √((1 − s) / 2).
/// </summary>
internal static class JointNeighbours
{
    private const int SpotsPerTile = 64;

    /// <summary>Finds them.</summary>
    /// <param name="spaces">The modalities.</param>
    /// <param name="weights">Spots × modalities.</param>
    /// <param name="neighbours">How many per spot.</param>
    /// <param name="team">The threads.</param>
    /// <returns>spots × neighbours, by distance, then by index.</returns>
    public static NeighbourTable Of(IReadOnlyList<FeatureSpace> spaces, double[] weights, int neighbours, ThreadTeam team)
    {
        int spots = spaces[0].Points.Rows, range = spaces[0].Table.Neighbours;
        var indices = new int[checked(spots * neighbours)];
        var distances = new double[indices.Length];
        team.For((spots + SpotsPerTile - 1) / SpotsPerTile, tile =>
        {
            var candidates = new int[range * spaces.Count];
            var apart = new double[candidates.Length];
            for (int spot = tile * SpotsPerTile; spot < int.Min((tile + 1) * SpotsPerTile, spots); spot++)
            {
                int count = Gather(spaces, spot, candidates);
                for (int c = 0; c < count; c++)
                    apart[c] = Distance(spaces, weights, spot, candidates[c]);

                // Stable: the candidates rise, and stay so among equals.
                int[] order = [.. Enumerable.Range(0, count).OrderBy(c => apart[c]).Take(neighbours)];
                for (int j = 0; j < neighbours; j++)
                    (indices[(spot * neighbours) + j], distances[(spot * neighbours) + j]) = (candidates[order[j]], apart[order[j]]);
            }
        });
        return new NeighbourTable(spots, neighbours, indices, distances);
    }

    private static int Gather(IReadOnlyList<FeatureSpace> spaces, int spot, int[] candidates)
    {
        int count = 0;
        foreach (FeatureSpace space in spaces)
        {
            space.Table.IndicesOf(spot).CopyTo(candidates.AsSpan(count));
            count += space.Table.Neighbours;
        }

        candidates.AsSpan(0, count).Sort();
        int kept = 0;
        for (int c = 0; c < count; c++)
        {
            if (kept == 0 || candidates[kept - 1] != candidates[c])
                candidates[kept++] = candidates[c];
        }

        return kept;
    }

    private static double Distance(IReadOnlyList<FeatureSpace> spaces, double[] weights, int spot, int other)
    {
        double similarity = 0;
        for (int r = 0; r < spaces.Count; r++)
            similarity += Kernel.Of(spaces[r].Excess(spot, other), spaces[r].Bandwidths[spot]) * weights[(spot * spaces.Count) + r];
        return Math.Sqrt(Math.Clamp((1 - similarity) / 2, 0, 1));
    }
}
