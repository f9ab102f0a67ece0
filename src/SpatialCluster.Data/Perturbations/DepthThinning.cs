using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Perturbations;

/// <summary>
/// Fewer counts all over, as shallower sequencing gives: each count n becomes a binomial number of n trials with the wanted share,
/// independently. Values that are no whole numbers are refused: there is nothing to be counted less often, and to scale them would
/// change nothing that preprocessing does not undo.
/// </summary>
public static class DepthThinning
{
    // Whole numbers above are not all float32.
    private const float Largest = 1 << 24;

    /// <summary>Thins counts.</summary>
    /// <param name="modality">Whole numbers from 0 to 2²⁴.</param>
    /// <param name="share">The share of all counts that is kept, on average: above 0 to 1 (gives the modality back).</param>
    /// <param name="team">The threads; they change the speed only.</param>
    /// <param name="random">Decides what is kept; a stream named after the modality is derived.</param>
    /// <returns>A modality with other counts.</returns>
    /// <exception cref="BadInputException">The share is out of range, or values are no counts.</exception>
    public static Modality Apply(Modality modality, double share, ThreadTeam team, RandomStream random)
    {
        if (!(share > 0 && share <= 1))
            throw new BadInputException($"Depth of level {share} is no share of the counts; give a number above 0, at most 1.");
        CsrMatrix counts = modality.Counts;
        RequireCounts(modality);
        if (share == 1)
            return modality;
        return SpotRedraw.Of(modality, random.Derive($"depth/{modality.Name}").Key, team, (spot, stream, row) =>
        {
            ReadOnlySpan<int> columns = counts.RowColumns(spot);
            ReadOnlySpan<float> values = counts.RowValues(spot);
            for (int e = 0; e < columns.Length; e++)
                row.Add(columns[e], BinomialSampler.Next((int)values[e], share, stream));
        });
    }

    private static void RequireCounts(Modality modality)
    {
        for (int spot = 0; spot < modality.Counts.Rows; spot++)
        {
            foreach (float value in modality.Counts.RowValues(spot))
            {
                if (!(value >= 0 && value <= Largest && value == MathF.Floor(value)))
                {
                    throw new BadInputException(
                        $"Modality '{modality.Name}' holds the value {value} (spot {spot + 1}), and depth thins whole counts up to {Largest:N0}; use dropout, or name the modalities that hold counts.");
                }
            }
        }
    }
}
