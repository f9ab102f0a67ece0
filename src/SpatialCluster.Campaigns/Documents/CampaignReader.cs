using System.Text;
using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Reads campaigns; whatever is wrong is told with its line, its field and the way out.</summary>
public static class CampaignReader
{
    private const int MostSeeds = 1000;

    private static readonly string[] s_keys = ["version", "name", "description", "datasets", "perturbations", "preprocessing", "methods", "seeds", "evaluation"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="options">What it may reach; null for its own folder alone.</param>
    /// <returns>The campaign.</returns>
    /// <exception cref="BadInputException">There is no such file, or something in it is wrong.</exception>
    public static CampaignDocument Read(string path, CampaignReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        string text;
        try
        {
            var file = new FileInfo(path);
            if (file.Exists && file.Length > 4L * YamlLoader.LongestText)
                throw new BadInputException($"{path} has {file.Length:N0} bytes; a campaign has at most {YamlLoader.LongestText:N0} characters.");
            text = File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException error)
        {
            throw new BadInputException($"{path} is no UTF-8 text; save it as one.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"The campaign {path} cannot be read ({error.Message.TrimEnd('.')}); check the path.", error);
        }

        CampaignReadOptions own = options ?? new CampaignReadOptions();
        return Parse(text, path, own with { Folder = own.Folder ?? Path.GetDirectoryName(Path.GetFullPath(path)) });
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">One YAML document.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="options">What it may reach; null for the current folder alone.</param>
    /// <returns>The campaign.</returns>
    /// <exception cref="BadInputException">Something in it is wrong.</exception>
    public static CampaignDocument Parse(string text, string source, CampaignReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        FieldSet keys = new Field(source, "", YamlLoader.Load(text, source)).Keys(s_keys);
        CheckVersion(keys.Find("version"));
        var paths = new InputPaths(options?.Folder ?? Directory.GetCurrentDirectory(), options?.Roots ?? [], options?.OnlyRoots ?? false);
        DatasetEntry[] datasets = [.. keys.Required("datasets", "[{name: demo, simulate: {modalities: [rna, protein]}}]").List("datasets").Select(f => DatasetReader.Read(f, paths))];
        RefuseTwice(datasets, d => d.Name, d => d.Place, "dataset");
        var known = new KnownNames(datasets);
        MethodEntry[] methods = [.. keys.Required("methods", "[spami]").List("methods").Select(f => MethodReader.Read(f, known))];
        RefuseTwice(methods, m => m.Label.Length == 0 ? m.Method.Name : $"{m.Method.Name} ({m.Label})", m => m.Place, "method");
        return new CampaignDocument
        {
            Source = source,
            Text = text,
            Name = ReadName(keys.Required("name", "my-campaign")),
            Description = keys.Find("description")?.Prose() ?? "",
            Datasets = datasets,
            Perturbations = [.. keys.Find("perturbations")?.List("perturbations such as 'noise: [0, 0.4]'").Select(f => PerturbationReader.Read(f, known)) ?? []],
            Preprocessing = keys.Find("preprocessing") is { } preprocessing ? PreprocessingReader.Read(preprocessing, known) : [],
            Methods = methods,
            Seeds = keys.Find("seeds") is { } seeds ? ReadSeeds(seeds) : [0],
            Evaluations = keys.Find("evaluation") is { } evaluation
                ? EvaluationReader.Read(evaluation)
                : [new EvaluationEntry { Place = keys.Whole.Place }],
        };
    }

    /// <summary>Refuses what stands twice.</summary>
    internal static void RefuseTwice<T>(IEnumerable<T> entries, Func<T, string> name, Func<T, DocumentPlace> place, string what)
    {
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (T entry in entries)
        {
            if (!lines.TryAdd(name(entry), place(entry).Line))
                throw place(entry).Error($"is the {what} '{name(entry)}' a second time, after line {lines[name(entry)]}; {(what == "method" ? "give one of them a label" : "give one of them another name")}, or leave it out.");
        }
    }

    private static void CheckVersion(Field? version)
    {
        if (version?.Count(1, int.MaxValue) > CampaignDocument.Version)
            throw version.Error($"is newer than {CampaignDocument.Version}, which this program reads; use a newer program.");
    }

    private static string ReadName(Field field)
    {
        const string Wanted = "a name of a-z, 0-9 and '-', such as paper-noise";
        string name = field.Name("-", Wanted);
        return name.Any(char.IsAsciiLetterUpper) ? throw field.Error($"is '{name}'; it must be {Wanted}.") : name;
    }

    private static ulong[] ReadSeeds(Field field)
    {
        if (!field.IsList)
            return [.. Enumerable.Range(0, field.Count(1, MostSeeds)).Select(seed => (ulong)seed)];
        IReadOnlyList<Field> items = field.List("seeds, or a number of seeds");
        if (items.Count > MostSeeds)
            throw field.Error($"has {items.Count:N0} seeds; {MostSeeds:N0} is the most.");
        var seeds = new List<ulong>();
        foreach (Field item in items)
        {
            ulong seed = item.Seed();
            if (seeds.Contains(seed))
                throw item.Error($"is {seed} again; each seed stands once.");
            seeds.Add(seed);
        }

        return [.. seeds];
    }
}
