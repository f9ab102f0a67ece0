using System.Globalization;
using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Options;
using SpatialCluster.Simulation;
using SpatialCluster.Simulation.Modalities;
using SpatialCluster.Simulation.Patterns;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Reads the entries of <c>datasets</c>.</summary>
internal static class DatasetReader
{
    private const string NameKey = "name";
    private const string LikeKey = "like";

    private static readonly string[] s_simulatedKeys = [NameKey, "simulate", "domains"];
    private static readonly string[] s_fileKeys = [NameKey, "modalities", "coordinates", "truth", "allow-unmatched", "domains"];
    private static readonly string[] s_simulationKeys = ["pattern", "modalities", "grid", "seed", "noise"];
    private static readonly string[] s_overrides = [.. OptionRecord.Names(typeof(SimulatedModality)).Where(n => n != NameKey)];

    public static DatasetEntry Read(Field field, InputPaths paths)
    {
        FieldSet keys = field.Keys([.. s_simulatedKeys, .. s_fileKeys.Except(s_simulatedKeys, StringComparer.Ordinal)]);
        string name = keys.Required(NameKey, "tonsil").Name("_-.+ ", "a name of letters, digits, blanks and '_-.+'");
        bool simulated = keys.Find("simulate") is not null;
        if (simulated == keys.Find("modalities") is not null)
            throw field.Error($"{(simulated ? "has both" : "has neither of")} 'simulate' and 'modalities'; draw a slice with the one, or load it from files with the other.");
        if (simulated)
            keys = field.Keys(s_simulatedKeys);
        return new DatasetEntry
        {
            Place = field.Place,
            Name = name,
            Simulation = simulated ? ReadSimulation(keys.Find("simulate")!) : null,
            Files = simulated ? null : FileDatasetReader.Read(keys, paths),
            Domains = keys.Find("domains")?.Count(1, 10_000),
        };
    }

    private static SimulationOptions ReadSimulation(Field field)
    {
        FieldSet keys = field.Keys(s_simulationKeys);
        var options = new SimulationOptions();
        if (keys.Find("pattern") is { } pattern)
            options = options with { Pattern = Told(pattern, () => SpatialPattern.Named(pattern.Text("a pattern, such as ggblocks")).Name) };
        if (keys.Find("grid") is { } grid)
        {
            (int rows, int columns) = ReadGrid(grid);
            options = options with { Rows = rows, Columns = columns };
        }

        options = options with
        {
            Modalities = ReadModalities(keys.Required("modalities", "[rna, protein]")),
            Seed = keys.Find("seed")?.Seed() ?? 0,
            NoiseLevel = keys.Find("noise")?.Number(level => level >= 0, "a number, 0 or more") ?? 0,
        };
        return Told(field, () =>
        {
            options.Validate();
            return options;
        });
    }

    private static (int Rows, int Columns) ReadGrid(Field field)
    {
        string text = field.Text("a grid, such as 36x36");
        string[] sides = text.Split('x');
        return sides.Length <= 2 && sides.All(side => side.Length is > 0 and < 6 && side.All(char.IsAsciiDigit))
            ? (int.Parse(sides[0], CultureInfo.InvariantCulture), int.Parse(sides[^1], CultureInfo.InvariantCulture))
            : throw field.Error($"is '{text}'; write 36, or rows x columns as in 36x48.");
    }

    private static SimulatedModality[] ReadModalities(Field field)
    {
        SimulatedModality[] modalities = field.IsMap
            ? [.. field.Entries("modalities by name").Select(e => ReadModality(e.Value, e.Name, e.Value.IsNull ? null : e.Value.Keys([LikeKey, .. s_overrides]))).OrderBy(m => m.Kind).ThenBy(m => m.Name, StringComparer.Ordinal)]
            : [.. field.OneOrMany("modalities").Select(ReadListed)];
        if (modalities.Select(m => m.Name).FirstOrDefault(name => modalities.Count(m => m.Name == name) > 1) is { } twice)
            throw field.Error($"names '{twice}' twice; give one of them another name, as in {{name: {twice}2, like: {twice}}}.");
        return modalities;
    }

    private static SimulatedModality ReadListed(Field field)
    {
        if (!field.IsMap)
            return ReadModality(field, field.Text("a modality, such as rna"), keys: null);
        FieldSet keys = field.Keys([NameKey, LikeKey, .. s_overrides]);
        return ReadModality(field, keys.Required(NameKey, "rna").Text("a name"), keys);
    }

    private static SimulatedModality ReadModality(Field field, string name, FieldSet? keys)
    {
        Field? like = keys?.Find(LikeKey);
        string preset = like?.Text("a modality that can be simulated, such as rna") ?? name;
        string[] known = [.. SimulatedModality.Presets.Select(p => p.Name)];
        if (!known.Contains(preset, StringComparer.Ordinal))
            throw (like ?? field).Error($"is '{preset}', which nobody knows how to simulate; {Suggestions.Sentence(preset, known)} For another name, say 'like: rna'.");
        SimulatedModality modality = SimulatedModality.Named(preset) with { Name = FileDatasetReader.ModalityName(field, name) };
        foreach (string option in s_overrides)
        {
            if (keys?.Find(option) is { } value)
                modality = Told(value, () => OptionRecord.With(modality, option, value.OptionText()));
        }

        return modality;
    }

    private static T Told<T>(Field field, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (BadInputException refusal)
        {
            throw field.Place.Error(refusal);
        }
    }
}
