using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Perturbations;

/// <summary>
/// Gaussian noise on every entry of a modality, zeros included: x becomes max(0, x + σ z) with z standard normal and
/// σ = level × the mean of the values other than zero. What is drawn for an entry depends on seed, spot and feature alone, so that
/// another level scales the same noise.
/// </summary>
public static class GaussianNoise
{
    /// <summary>The most entries (spots × features): about half of all zeros become values, so that the matrix is dense afterwards.</summary>
    public const long MostEntries = 100_000_000;

    /// <summary>Adds noise.</summary>
    /// <param name="modality">Counts or intensities, not negative.</param>
    /// <param name="level">Not negative; 0 gives the modality back.</param>
    /// <param name="team">The threads; they change the speed only.</param>
    /// <param name="random">Decides the noise; a stream named after the modality is derived.</param>
    /// <returns>A modality with other counts; they are no whole numbers.</returns>
    /// <exception cref="BadInputException">The level is out of range, values are negative, or the modality is too large to become dense.</exception>
    public static Modality Apply(Modality modality, double level, ThreadTeam team, RandomStream random)
    {
        if (!(level >= 0) || double.IsPositiveInfinity(level))
            throw new BadInputException($"Noise of level {level} cannot be added; give a number from 0 on.");
        CsrMatrix counts = modality.Counts;
        if ((long)counts.Rows * counts.Columns > MostEntries)
        {
            throw new BadInputException(
                $"Noise makes modality '{modality.Name}' dense, and {counts.Rows:N0} spots × {counts.Columns:N0} features are more than {MostEntries:N0} entries; use dropout or depth, or name smaller modalities.");
        }

        SpotRedraw.RequireNotNegative(modality, "noise");
        double deviation = level * MeanOfNonZeros(counts);
        if (deviation == 0)
            return modality;
        return SpotRedraw.Of(modality, random.Derive($"noise/{modality.Name}").Key, team, (spot, stream, row) =>
        {
            ReadOnlySpan<int> columns = counts.RowColumns(spot);
            ReadOnlySpan<float> values = counts.RowValues(spot);
            int next = 0;
            for (int feature = 0; feature < counts.Columns; feature++)
            {
                double value = deviation * stream.NextGaussian();
                if (next < columns.Length && columns[next] == feature)
                    value += values[next++];
                if (value > 0)
                    row.Add(feature, (float)value);
            }
        });
    }

    private static double MeanOfNonZeros(CsrMatrix counts)
    {
        double sum = 0;
        long nonZeros = 0;
        for (long e = 0; e < counts.NonZeros; e++)
        {
            sum += counts.Values[e];
            nonZeros += counts.Values[e] != 0 ? 1 : 0;
        }

        return nonZeros == 0 ? 0 : sum / nonZeros;
    }
}
