using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Reads the entries of <c>perturbations</c>.</summary>
internal static class PerturbationReader
{
    private const int MostLevels = 100;

    private static readonly string[] s_axes = [PerturbationEntry.None, Perturbation.Noise, Perturbation.Dropout, Perturbation.Depth, PerturbationEntry.Without];

    public static PerturbationEntry Read(Field field, KnownNames known)
    {
        if (!field.IsMap)
        {
            string word = field.Text("an axis, such as 'noise: [0, 0.4]'");
            return word == PerturbationEntry.None
                ? new PerturbationEntry { Place = field.Place, Kind = word }
                : throw field.Error(s_axes.Contains(word, StringComparer.Ordinal) ? $"is '{word}' without levels; write '{word}: [...]'." : $"is '{word}'; {Suggestions.Sentence(word, s_axes)}");
        }

        FieldSet keys = field.Keys([.. s_axes.Skip(1), "modalities", "datasets", "seed"]);
        string[] named = [.. s_axes.Skip(1).Where(axis => keys.Find(axis) is not null)];
        if (named is not [var kind])
        {
            throw field.Error(named.Length == 0
                ? $"names no axis; write one of {string.Join(", ", s_axes.Skip(1))}, as in 'noise: [0, 0.4]'."
                : $"names {string.Join(" and ", named)} at once; each is an axis of its own, so give each an entry of the list.");
        }

        bool removal = kind == PerturbationEntry.Without;
        if (removal && (keys.Find("modalities") ?? keys.Find("seed")) is { } idle)
            throw idle.Error("means nothing to 'without'; leave it out.");
        return new PerturbationEntry
        {
            Place = field.Place,
            Kind = kind,
            Levels = removal ? [] : ReadLevels(keys.Find(kind)!, kind),
            Removals = removal ? ReadRemovals(keys.Find(kind)!, known) : [],
            Modalities = known.Modalities(keys.Find("modalities")),
            Datasets = known.Datasets(keys.Find("datasets")),
            Seed = keys.Find("seed")?.Seed() ?? 0,
        };
    }

    private static double[] ReadLevels(Field field, string kind)
    {
        (Func<double, bool> holds, string wanted) = kind switch
        {
            Perturbation.Noise => ((Func<double, bool>)(level => level is >= 0 and <= 1e6), "a number from 0 (no noise) to 1000000"),
            Perturbation.Dropout => (level => level is >= 0 and < 1, "the share of counts that are lost, from 0 up to but not 1"),
            _ => (level => level is > 0 and <= 1, "the share of counts that stay, above 0 and at most 1"),
        };
        IReadOnlyList<Field> items = field.OneOrMany("levels");
        if (items.Count > MostLevels)
            throw field.Error($"has {items.Count:N0} levels; {MostLevels} is the most.");
        var levels = new List<double>();
        foreach (Field item in items)
        {
            double level = item.Number(holds, wanted);
            if (levels.Contains(level))
                throw item.Error($"is {item.OptionText()} again; each level stands once.");
            levels.Add(level + 0.0);
        }

        return [.. levels];
    }

    private static List<IReadOnlyList<string>> ReadRemovals(Field field, KnownNames known)
    {
        var removals = new List<IReadOnlyList<string>>();
        foreach (Field item in field.OneOrMany("modalities"))
        {
            IReadOnlyList<string> removed = item.IsList
                ? known.Modalities(item)
                : [.. item.Text("a modality, or some joined by '+'").Split('+').Select(name => known.Modality(item, name)).Distinct(StringComparer.Ordinal)];
            if (removals.Exists(r => r.Order(StringComparer.Ordinal).SequenceEqual(removed.Order(StringComparer.Ordinal), StringComparer.Ordinal)))
                throw item.Error($"takes {string.Join('+', removed)} away again; each removal stands once.");
            removals.Add(removed);
        }

        return removals;
    }
}
