using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Data.Preprocessing;

/// <summary>
/// Makes features of a modality's counts, as the SpaMI and SpatialGlue originals do. The options' type decides how, so that
/// one may, for instance, treat a protein panel like genes.
/// <para>Features that are zero in every spot are left out, and reported. A spot without counts stays: its normalised row
/// (log counts, log-ratios, intensities) is zero before centring, its LSI row is zero.</para>
/// </summary>
public static class Preprocessor
{
    /// <summary>Learns the preprocessing from a modality and applies it.</summary>
    /// <param name="modality">Counts or intensities, not negative (but for <see cref="PreprocessingOptions.None"/>).</param>
    /// <param name="options">Which preprocessing, and how.</param>
    /// <param name="team">Who works; the bytes do not depend on how many threads it has.</param>
    /// <param name="random">The source of the random start of large decompositions; a stream named after the modality is derived.</param>
    /// <returns>The features, with what was learnt; the caller disposes them.</returns>
    /// <exception cref="BadInputException">Values that are no counts, too few features, or a rank below the components wanted.</exception>
    public static PreprocessedModality Fit(Modality modality, PreprocessingOptions options, ThreadTeam team, RandomStream random)
    {
        RandomStream own = random.Derive($"preprocessing/{modality.Name}");
        return options switch
        {
            RnaPreprocessingOptions rna => FittedRna.Fit(modality, rna, team, own),
            ProteinPreprocessingOptions protein => FittedProtein.Fit(modality, protein, team, own),
            AtacPreprocessingOptions peaks => FittedPeaks.Fit(modality, peaks, team, own),
            MetabolitePreprocessingOptions metabolite => FittedMetabolite.Fit(modality, metabolite, team, own),
            PassThroughOptions => FittedPassThrough.Fit(modality, team),
            _ => throw new BadInputException($"Nobody knows the preprocessing {options.GetType().Name}; use one that PreprocessingOptions.For gives."),
        };
    }
}
