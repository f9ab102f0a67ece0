using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Options;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Decides how a modality is preprocessed: what is nearest to the run is said last.</summary>
internal static class PreprocessingChoice
{
    /// <summary>The preset's preprocessing with the campaign's, the method's and the ablation's in its place, in this order.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="modality">The index of one of its modalities.</param>
    /// <param name="preset">Where it starts.</param>
    /// <param name="entries">What is said of modalities, the nearest last.</param>
    public static PreprocessingOptions Of(DatasetPlan dataset, int modality, Preset preset, IEnumerable<PreprocessingEntry> entries)
    {
        PreprocessingEntry[] own = [.. entries.Where(e => e.Modality == dataset.Modalities[modality])];
        if (dataset.Preprocessed[modality])
        {
            return own.Length == 0
                ? PreprocessingOptions.None
                : throw own[0].Place.Error($"speaks of a modality that '{dataset.Entry.Name}' has preprocessed; leave out one of the two.");
        }

        PreprocessingOptions options = Wish(preset.PreprocessingOf(dataset.Kinds[modality]));
        foreach (PreprocessingEntry entry in own)
        {
            if (entry.Recipe is { } recipe)
                options = Wish(PreprocessingRecipe.Named(recipe));
            foreach (OptionEntry option in entry.Options)
                options = With(options, option);
        }

        return options;
    }

    // A number of components that nobody wrote is lowered to what the data has.
    private static PreprocessingOptions Wish(PreprocessingOptions options) =>
        options is PassThroughOptions ? options : options with { FewerComponents = true };

    private static PreprocessingOptions With(PreprocessingOptions options, OptionEntry entry)
    {
        string recipe = PreprocessingRecipe.NameOf(options);
        string[] known = options is PassThroughOptions ? [] : [.. OptionRecord.Names(options.GetType()).Where(n => n != "fewer-components")];
        if (!known.Contains(entry.Name, StringComparer.Ordinal))
        {
            throw entry.Place.Error(known.Length == 0
                ? $"means nothing to the recipe '{recipe}', which takes values as they are; leave it out."
                : $"means nothing to the recipe '{recipe}'; {Suggestions.Sentence(entry.Name, known)}");
        }

        PreprocessingOptions changed;
        try
        {
            changed = OptionRecord.With(options, entry.Name, entry.Value);
        }
        catch (BadInputException refusal)
        {
            throw entry.Place.Error(refusal);
        }

        Check(changed, entry);
        return entry.Name == "components" && changed.Components is not null ? changed with { FewerComponents = false } : changed;
    }

    private static void Check(PreprocessingOptions options, OptionEntry entry)
    {
        (bool holds, string range) = entry.Name switch
        {
            "components" => (options.Components is null ? options is not AtacPreprocessingOptions : options.Components >= 1, "at least 1 ('none' for all but peaks)"),
            "min-spots" => (options is RnaPreprocessingOptions { MinSpots: >= 0 } or ProteinPreprocessingOptions { MinSpots: null or >= 0 } or MetabolitePreprocessingOptions { MinSpots: >= 0 }, "0 or more"),
            "highly-variable-genes" => (options is RnaPreprocessingOptions { HighlyVariableGenes: null or >= 1 }, "at least 1, or 'all'"),
            "min-spot-fraction" => (options is AtacPreprocessingOptions { MinSpotFraction: >= 0 and <= 1 }, "from 0 to 1"),
            "target-total" => (options is RnaPreprocessingOptions { TargetTotal: > 0 } or AtacPreprocessingOptions { TargetTotal: > 0 } or MetabolitePreprocessingOptions { TargetTotal: null or > 0 }, "a positive number"),
            "clip" => (options is MetabolitePreprocessingOptions { Clip: null or > 0 }, "a positive number, or 'none'"),
            _ => (true, ""),
        };
        if (!holds)
            throw entry.Place.Error($"is '{entry.Value}'; it must be {range}.");
    }
}
