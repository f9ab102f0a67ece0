using System.CommandLine;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Cli.Options;

/// <summary>How counts become features, per modality.</summary>
internal sealed class PreprocessingOptionSet : OptionSet
{
    private readonly Option<string[]> _recipe;
    private readonly Dictionary<string, Option<string[]>> _settings;

    public PreprocessingOptionSet()
        : base("Preprocessing (a value for every modality that it concerns, or NAME=VALUE for one)")
    {
        _recipe = Many("--recipe", "NAME=KIND", "Preprocess a modality as another kind than it is: rna (log counts, PCA), protein (CLR), atac (TF-IDF, LSI), metabolite (total ion count, log, z-scores, PCA).");
        _settings = new Dictionary<string, Option<string[]>>(StringComparer.Ordinal)
        {
            ["--components"] = Many("--components", "[NAME=]N", "Principal or LSI components. A preset's number is lowered to what the data has, one given here is not. protein=N reduces proteins, too; 'none' keeps genes, proteins or metabolites unreduced."),
            ["--hvg"] = Many("--hvg", "[NAME=]N|all", "RNA: highly variable genes to keep."),
            ["--min-spots"] = Many("--min-spots", "[NAME=]N", "RNA, protein, metabolite: leave out features counted in fewer spots."),
            ["--min-spot-fraction"] = Many("--min-spot-fraction", "[NAME=]F", "ATAC, histone: leave out peaks open in a smaller share of the spots."),
            ["--target-total"] = Many("--target-total", "[NAME=]T", "RNA, ATAC, histone, metabolite: what the values of a spot sum to; 'median' for metabolites."),
            ["--total-ion-count"] = Many("--total-ion-count", "[NAME=]on|off", "Metabolite: bring each spot to the same total."),
            ["--log"] = Many("--log", "[NAME=]on|off", "Metabolite: take log(1 + x)."),
            ["--scale"] = Many("--scale", "[NAME=]on|off", "Metabolite: bring each feature to mean 0 and deviation 1."),
            ["--clip"] = Many("--clip", "[NAME=]Z|none", "Metabolite: cut z-scores at ± this."),
        };
    }

    /// <summary>The preprocessing of each modality: the preset's for its kind, with what was given in its place.</summary>
    /// <exception cref="BadInputException">An option that concerns none of the modalities, or out of range.</exception>
    public IReadOnlyList<PreprocessingOptions> Read(ParseResult result, IReadOnlyList<ModalityRequest> modalities, Preset preset)
    {
        string[] names = [.. modalities.Select(m => m.Name)];
        var recipes = new NamedValues(_recipe.Name, result.GetValue(_recipe), names);
        PreprocessingOptions[] all = [.. modalities.Select(m => Start(m, recipes.For(m.Name), preset))];
        foreach (PreprocessingSetting setting in PreprocessingSetting.All)
            Apply(setting, new NamedValues(setting.Name, result.GetValue(_settings[setting.Name]), names), modalities, all);
        return all;
    }

    private static PreprocessingOptions Start(ModalityRequest modality, string? recipe, Preset preset)
    {
        if (modality.Preprocessed)
        {
            return recipe is null
                ? PreprocessingOptions.None
                : throw new BadInputException($"'{modality.Name}' is --preprocessed and has a --recipe; leave one of them out.");
        }

        ModalityKind kind = recipe is null ? ModalityKinds.Of(modality) : SliceOptions.Kind(recipe);
        return preset.PreprocessingOf(kind) with { FewerComponents = true };
    }

    private static void Apply(PreprocessingSetting setting, NamedValues values, IReadOnlyList<ModalityRequest> modalities, PreprocessingOptions[] all)
    {
        if (values.Empty)
            return;
        bool applied = false;
        for (int m = 0; m < all.Length; m++)
        {
            string? named = values.Named(modalities[m].Name);
            // Without a name, a number of components is for those that are reduced anyhow.
            bool concerned = named is not null || setting.Name != "--components" || all[m].Components is not null;
            if ((named ?? values.ForAll) is not { } value || !concerned)
                continue;
            if (setting.Apply(all[m], value) is { } changed)
                (all[m], applied) = (changed, true);
            else if (named is not null)
                throw new BadInputException($"{setting.Name} {modalities[m].Name}={named}: the preprocessing of '{modalities[m].Name}' ({Describe(all[m])}) has no such option; leave it out, or choose another --recipe.");
        }

        if (!applied)
            throw new BadInputException($"{setting.Name} concerns none of the modalities ({string.Join(", ", modalities.Select((m, i) => $"{m.Name}: {Describe(all[i])}"))}); leave it out.");
    }

    private static string Describe(PreprocessingOptions options) => options switch
    {
        RnaPreprocessingOptions => "log counts and PCA",
        ProteinPreprocessingOptions => "CLR",
        AtacPreprocessingOptions => "TF-IDF and LSI",
        MetabolitePreprocessingOptions => "as metabolites",
        _ => "none",
    };
}
