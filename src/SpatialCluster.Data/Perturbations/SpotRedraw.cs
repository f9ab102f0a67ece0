using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Perturbations;

/// <summary>Makes a modality's counts anew spot by spot, each spot with a random stream of its own, so that threads change nothing.</summary>
internal static class SpotRedraw
{
    private const int SpotsPerTile = 64;

    /// <summary>Draws every spot.</summary>
    /// <param name="modality">The modality.</param>
    /// <param name="key">The family of the spots' streams.</param>
    /// <param name="team">The threads.</param>
    /// <param name="draw">Gets a spot, its stream and where its new entries go, in the order of the columns.</param>
    /// <returns>The modality with new counts.</returns>
    public static Modality Of(Modality modality, ulong key, ThreadTeam team, Action<int, RandomStream, RowEntries> draw)
    {
        CsrMatrix counts = modality.Counts;
        var blocks = new RowEntries[(counts.Rows + SpotsPerTile - 1) / SpotsPerTile];
        team.For(blocks.Length, tile =>
        {
            int first = tile * SpotsPerTile;
            int end = int.Min(first + SpotsPerTile, counts.Rows);
            var block = new RowEntries(end - first);
            var stream = new RandomStream(key);
            for (int spot = first; spot < end; spot++)
            {
                stream.Restart(RandomStream.DeriveKey(key, (ulong)spot));
                draw(spot, stream, block);
                block.EndRow();
            }

            blocks[tile] = block;
        });
        return modality with { Counts = RowEntries.Join(blocks, counts.Rows, counts.Columns) };
    }

    /// <summary>Refuses what is no count or intensity.</summary>
    /// <param name="modality">The modality.</param>
    /// <param name="what">What should be done to it, such as <c>noise</c>.</param>
    public static void RequireNotNegative(Modality modality, string what)
    {
        for (int spot = 0; spot < modality.Counts.Rows; spot++)
        {
            foreach (float value in modality.Counts.RowValues(spot))
            {
                // NaN, too.
                if (!(value >= 0))
                {
                    throw new BadInputException(
                        $"Modality '{modality.Name}' holds the value {value} (spot {spot + 1}), and {what} is for counts and intensities; name the modalities that it is meant for.");
                }
            }
        }
    }
}
