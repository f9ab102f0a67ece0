using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Options;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Reads <c>preprocessing</c>, of the campaign, of a method or of an ablation.</summary>
internal static class PreprocessingReader
{
    // As the command line has them.
    private static readonly Dictionary<string, string> s_short = new(StringComparer.Ordinal) { ["hvg"] = "highly-variable-genes", ["log"] = "log-transform" };

    private static readonly (string, string)[] s_recipes = [.. PreprocessingRecipe.Names.Select(name => (name, name)), ("histone", "atac")];

    private static readonly string[] s_options =
    [
        .. PreprocessingRecipe.Names.SelectMany(name => OptionRecord.Names(PreprocessingRecipe.Named(name).GetType())).Where(n => n != "fewer-components").Distinct(StringComparer.Ordinal),
        .. s_short.Keys.Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<PreprocessingEntry> Read(Field field, KnownNames known) =>
        [.. field.Entries("modalities by name").Select(e => ReadEntry(e.Value, known.Modality(e.Value, e.Name)))];

    private static PreprocessingEntry ReadEntry(Field field, string modality)
    {
        FieldSet keys = field.Keys(["recipe", .. s_options]);
        OptionEntry[] options = [.. s_options.Select(name => (Name: name, Value: keys.Find(name))).Where(o => o.Value is not null).Select(o => ReadOption(o.Name, o.Value!))];
        CampaignReader.RefuseTwice(options, o => o.Name, o => o.Place, "option");
        return new PreprocessingEntry { Place = field.Place, Modality = modality, Recipe = keys.Find("recipe")?.Choice(s_recipes), Options = options };
    }

    private static OptionEntry ReadOption(string name, Field value)
    {
        string text = value.OptionText();
        string own = s_short.GetValueOrDefault(name, name);
        bool nothing = (own, text) is ("highly-variable-genes", "all") or ("target-total", "median");
        return new OptionEntry(value.Place, own, nothing ? "none" : text);
    }
}
