using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Perturbations;

/// <summary>Loses values at random: each one other than zero becomes zero with a probability, independently of all others and of its size.</summary>
public static class CountDropout
{
    /// <summary>Loses values.</summary>
    /// <param name="modality">Counts or intensities; sparse it is and stays.</param>
    /// <param name="probability">Of a value to be lost: from 0 (gives the modality back) to below 1.</param>
    /// <param name="team">The threads; they change the speed only.</param>
    /// <param name="random">Decides what is lost; a stream named after the modality is derived.</param>
    /// <returns>A modality with other counts.</returns>
    /// <exception cref="BadInputException">The probability is out of range.</exception>
    public static Modality Apply(Modality modality, double probability, ThreadTeam team, RandomStream random)
    {
        if (!(probability >= 0 && probability < 1))
            throw new BadInputException($"Dropout of level {probability} is no probability; give a number from 0 to below 1.");
        if (probability == 0)
            return modality;
        CsrMatrix counts = modality.Counts;
        return SpotRedraw.Of(modality, random.Derive($"dropout/{modality.Name}").Key, team, (spot, stream, row) =>
        {
            ReadOnlySpan<int> columns = counts.RowColumns(spot);
            ReadOnlySpan<float> values = counts.RowValues(spot);
            for (int e = 0; e < columns.Length; e++)
            {
                // A stored zero draws nothing: how zeros are stored may not matter.
                if (values[e] != 0 && stream.NextDouble() >= probability)
                    row.Add(columns[e], values[e]);
            }
        });
    }
}
