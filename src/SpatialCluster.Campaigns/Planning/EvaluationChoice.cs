using SpatialCluster.Campaigns.Documents;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Options;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>Decides how results of a dataset are evaluated.</summary>
internal sealed class EvaluationChoice(IReadOnlyList<EvaluationEntry> entries)
{
    /// <summary>How domains are found on a dataset: its own number of them goes before the evaluation's, and a resolution before both.</summary>
    public static ClusteringOptions Clustering(EvaluationEntry entry, DatasetPlan dataset, List<string> notes)
    {
        ClusteringOptions clustering = entry.Clustering.ByResolution ? entry.Clustering
            : entry.Clustering with { Domains = dataset.Entry.Domains ?? entry.Clustering.Domains };
        if (clustering.Domains is null && !dataset.HasTruth && !clustering.ByResolution)
        {
            if (clustering.Clusterer != Clusterer.Leiden)
                throw entry.Place.Error($"wants {Word(entry)}, which needs a number of domains, and '{dataset.Entry.Name}' has none and no truth; add 'domains' here or to the dataset.");
            Note(notes, $"'{dataset.Entry.Name}' has no truth, and no number of domains is wanted: Leiden takes resolution {clustering.Resolution:R}.");
        }

        return clustering;
    }

    /// <summary>Whether it can evaluate what a method gives; a joint neighbourhood is Leiden's alone.</summary>
    public static bool Suits(EvaluationEntry entry, IntegrationMethod method, List<string> notes)
    {
        bool suits = method.GivesEmbedding || entry.Clustering.Clusterer == Clusterer.Leiden;
        if (!suits)
            Note(notes, $"{method.Title} gives a joint neighbourhood and no embedding, which {Word(entry)} cannot cluster: left out.");
        return suits;
    }

    /// <summary>Whether a result is laid out. A method that draws nothing has one result for all seeds, and it is laid out where the first seed's is.</summary>
    public static bool Umap(EvaluationEntry entry, IntegrationMethod method, bool firstSeed) => entry.Umap switch
    {
        UmapChoice.All => true,
        UmapChoice.None => false,
        _ => firstSeed || !method.UsesSeed,
    };

    /// <summary>What rows call it: the clusterer, with whatever tells it from other evaluations by the same one.</summary>
    public string Name(EvaluationEntry entry)
    {
        ClusteringOptions own = entry.Clustering;
        ClusteringOptions[] same = [.. entries.Select(e => e.Clustering).Where(c => c.Clusterer == own.Clusterer)];
        string name = Word(entry);
        if (same.Length == 1)
            return name;
        if (own.ByResolution)
            name += $" resolution {own.Resolution:R}";
        else if (own.Domains is { } domains)
            name += $" {domains} domains";
        if (same.Any(c => c.Neighbours != own.Neighbours))
            name += $" {own.Neighbours} neighbors";
        return same.Any(c => c.PrincipalComponents != own.PrincipalComponents)
            ? $"{name} {own.PrincipalComponents?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} components"
            : name;
    }

    internal static void Note(List<string> notes, string note)
    {
        if (!notes.Contains(note, StringComparer.Ordinal))
            notes.Add(note);
    }

    private static string Word(EvaluationEntry entry) => OptionRecord.NameOf(entry.Clustering.Clusterer.ToString());
}
