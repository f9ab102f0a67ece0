using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Loading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Reads datasets that are loaded from files.</summary>
internal static class FileDatasetReader
{
    private static readonly string[] s_keys = ["file", "measures", "layer", "part", "features-in-rows", "preprocessed"];
    private static readonly (string, ModalityKind)[] s_kinds = [.. Enum.GetValues<ModalityKind>().Select(kind => (KindName(kind), kind))];

    public static FileDataset Read(FieldSet keys, InputPaths paths)
    {
        var inputs = new DatasetInputs(paths);
        Field field = keys.Find("modalities")!;
        (ModalityFile File, ModalityKind Kind)[] modalities = field.IsMap
            ? [.. field.Entries("modalities by name").Select(e => ReadModality(e.Value.Keys(s_keys), e.Name, inputs)).OrderBy(m => m.Kind).ThenBy(m => m.File.Name, StringComparer.Ordinal)]
            : [.. field.List("modalities").Select(item => ReadListed(item, inputs))];
        for (int m = 0; m < modalities.Length; m++)
        {
            string name = modalities[m].File.Name;
            if (modalities[..m].Any(other => string.Equals(other.File.Name, name, StringComparison.OrdinalIgnoreCase)))
                throw field.Error($"names '{name}' twice; give each modality a name of its own.");
        }

        return new FileDataset
        {
            Modalities = [.. modalities.Select(m => m.File)],
            Kinds = [.. modalities.Select(m => m.Kind)],
            Coordinates = ReadCoordinates(keys.Find("coordinates"), inputs),
            Truth = ReadTruth(keys.Find("truth"), inputs),
            AllowUnmatched = keys.Find("allow-unmatched")?.Flag() ?? false,
            Files = inputs.Files,
        };
    }

    public static string ModalityName(Field field, string name) =>
        name.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
            ? name
            : throw field.Error($"calls a modality '{name}'; a name is made of letters, digits and '_-.', begins with a letter or digit, and is at most 64 long.");

    public static string KindName(ModalityKind kind) => kind.ToString().ToLowerInvariant();

    private static (ModalityFile File, ModalityKind Kind) ReadListed(Field field, DatasetInputs inputs)
    {
        FieldSet keys = field.Keys(["name", .. s_keys]);
        return ReadModality(keys, keys.Required("name", "rna").Text("a name, such as rna"), inputs);
    }

    private static (ModalityFile File, ModalityKind Kind) ReadModality(FieldSet keys, string name, DatasetInputs inputs)
    {
        ModalityName(keys.Whole, name);
        ModalityKind kind = keys.Find("measures")?.Choice(s_kinds) ?? ModalityKinds.Infer(name)
            ?? throw keys.Whole.Error($"does not tell what '{name}' measures; say it, as in 'measures: rna' (of {string.Join(", ", s_kinds.Select(k => k.Item1))}).");
        return (new ModalityFile
        {
            Name = name,
            Measures = keys.Find("measures") is null ? null : KindName(kind),
            File = inputs.AddTable(keys.Required("file", "rna.h5ad"), name),
            Layer = keys.Find("layer")?.Text("a layer, such as counts"),
            Part = keys.Find("part")?.Text("a part, such as Gene Expression"),
            FeaturesInRows = keys.Find("features-in-rows")?.Flag(),
            Preprocessed = keys.Find("preprocessed")?.Flag() ?? false,
        }, kind);
    }

    private static string? ReadCoordinates(Field? field, DatasetInputs inputs)
    {
        const string Example = "xy.csv:x,y";
        if (field is null || field.Text($"'names', or a file such as {Example}") == "names")
            return field is null ? null : "names";
        return Checked(field, inputs.AddColumns(field, "coordinates", Example), text => CoordinatesSource.Parse(text));
    }

    private static string? ReadTruth(Field? field, DatasetInputs inputs)
    {
        const string Example = "labels.csv:domain";
        if (field is null)
            return null;
        string text = field.Text($"'obs:COLUMN', or a file such as {Example}");
        if (!text.StartsWith("obs:", StringComparison.Ordinal))
            text = inputs.AddColumns(field, "truth", Example);
        return Checked(field, text, t => TruthSource.Parse(t));
    }

    private static string Checked(Field field, string text, Action<string> parse)
    {
        try
        {
            parse(text);
            return text;
        }
        catch (BadInputException refusal)
        {
            throw field.Place.Error(refusal);
        }
    }
}
