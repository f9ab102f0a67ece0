using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Options;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Reads the entries of <c>methods</c>.</summary>
internal static class MethodReader
{
    private static readonly string[] s_keys = ["method", "preset", "label", "parameters", "preprocessing", "ablations", "datasets"];

    public static MethodEntry Read(Field field, KnownNames known)
    {
        if (!field.IsMap)
            return new MethodEntry { Place = field.Place, Method = ReadMethod(field) };
        FieldSet keys = field.Keys(s_keys);
        IntegrationMethod method = ReadMethod(keys.Required("method", "spami"));
        Preset start = keys.Find("preset") is { } preset
            ? preset.Choice([.. method.Presets.Select(p => (p.Name, p))])
            : method.Presets[0];
        OptionEntry[] parameters = ReadParameters(keys.Find("parameters"), method, start.Options, out MethodOptions changed);
        AblationEntry[] ablations = [.. keys.Find("ablations")?.List("ablations").Select(f => ReadAblation(f, method, changed, known)) ?? []];
        CampaignReader.RefuseTwice(ablations, a => a.Name, a => a.Place, "ablation");
        return new MethodEntry
        {
            Place = field.Place,
            Method = method,
            Label = keys.Find("label") is { } label ? ReadLabel(label) : "",
            Preset = keys.Find("preset") is null ? null : start.Name,
            Parameters = parameters,
            Preprocessing = keys.Find("preprocessing") is { } preprocessing ? PreprocessingReader.Read(preprocessing, known) : [],
            Ablations = ablations,
            Datasets = known.Datasets(keys.Find("datasets")),
        };
    }

    private static AblationEntry ReadAblation(Field field, IntegrationMethod method, MethodOptions options, KnownNames known)
    {
        FieldSet keys = field.Keys("name", "parameters", "preprocessing", "datasets");
        if (keys.Find("parameters") is null && keys.Find("preprocessing") is null)
            throw field.Error("changes nothing; add 'parameters' or 'preprocessing'.");
        return new AblationEntry
        {
            Place = field.Place,
            Name = ReadLabel(keys.Required("name", "no contrastive")),
            Parameters = ReadParameters(keys.Find("parameters"), method, options, out _),
            Preprocessing = keys.Find("preprocessing") is { } preprocessing ? PreprocessingReader.Read(preprocessing, known) : [],
            Datasets = known.Datasets(keys.Find("datasets")),
        };
    }

    private static IntegrationMethod ReadMethod(Field field) => field.Choice([.. MethodCatalogue.All.Select(m => (m.Name, m))]);

    private static string ReadLabel(Field field)
    {
        string label = field.Text("a few words").Trim();
        return label.Length is > 0 and <= 64 ? label : throw field.Error("is empty or longer than 64 letters; write a few words.");
    }

    // Sorted by name, so that the order of keys means nothing.
    private static OptionEntry[] ReadParameters(Field? field, IntegrationMethod method, MethodOptions options, out MethodOptions changed)
    {
        changed = options;
        if (field is null)
            return [];
        IReadOnlyList<string> known = OptionRecord.Names(options.GetType());
        var entries = new List<OptionEntry>();
        foreach ((string name, Field value) in field.Entries($"parameters of {method.Name}"))
        {
            if (!known.Contains(name, StringComparer.Ordinal))
                throw value.Error($"is no parameter of {method.Name}; {Suggestions.Sentence(name, known)}");
            entries.Add(new OptionEntry(value.Place, name, value.OptionText()));
        }

        entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        changed = Apply(options, entries);
        return [.. entries];
    }

    /// <summary>Options with others in their place, checked.</summary>
    /// <exception cref="BadInputException">A value that a parameter does not take, with its place.</exception>
    internal static MethodOptions Apply(MethodOptions options, IReadOnlyList<OptionEntry> entries)
    {
        foreach (OptionEntry entry in entries)
        {
            try
            {
                options = OptionRecord.With(options, entry.Name, entry.Value);
            }
            catch (BadInputException refusal)
            {
                throw entry.Place.Error(refusal);
            }
        }

        try
        {
            options.Validate();
            return options;
        }
        catch (BadInputException refusal) when (entries.Count > 0)
        {
            OptionEntry named = entries.FirstOrDefault(e => refusal.Message.Contains($"--{e.Name}", StringComparison.Ordinal)) ?? entries[0];
            throw named.Place.Error(refusal);
        }
    }
}
