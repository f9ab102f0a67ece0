using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>The names of datasets and modalities that the rest of a document may speak of.</summary>
internal sealed class KnownNames(IReadOnlyList<DatasetEntry> datasets)
{
    private readonly string[] _datasets = [.. datasets.Select(d => d.Name)];
    private readonly string[] _modalities =
    [
        .. datasets.SelectMany(d => d.Simulation?.Modalities.Select(m => m.Name) ?? d.Files!.Modalities.Select(m => m.Name)).Distinct(StringComparer.Ordinal),
    ];

    public IReadOnlyList<string> Datasets(Field? field) => field is null ? [] : Read(field, "names of datasets", "dataset", _datasets);

    public IReadOnlyList<string> Modalities(Field? field) => field is null ? [] : Read(field, "names of modalities", "modality", _modalities);

    public string Modality(Field field, string name) => Check(field, name, "modality", _modalities);

    private static List<string> Read(Field field, string of, string what, string[] known)
    {
        var names = new List<string>();
        foreach (Field item in field.OneOrMany(of))
        {
            string name = Check(item, item.Text($"the name of a {what}"), what, known);
            if (names.Contains(name, StringComparer.Ordinal))
                throw item.Error($"is '{name}' again; name each {what} once.");
            names.Add(name);
        }

        return names;
    }

    private static string Check(Field field, string name, string what, string[] known) =>
        known.Contains(name, StringComparer.Ordinal) ? name : throw field.Error($"speaks of a {what} '{name}' that there is not; {Suggestions.Sentence(name, known)}");
}
