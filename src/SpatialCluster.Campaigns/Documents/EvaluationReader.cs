using SpatialCluster.Campaigns.Documents.Yaml;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Options;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>Reads <c>evaluation</c>.</summary>
internal static class EvaluationReader
{
    private static readonly (string, Clusterer)[] s_clusterers = [("leiden", Clusterer.Leiden), ("k-means", Clusterer.KMeans), ("gmm", Clusterer.Gmm)];
    private static readonly (string, UmapChoice)[] s_umap = [("first-seed", UmapChoice.FirstSeed), ("all", UmapChoice.All), ("none", UmapChoice.None)];

    public static IReadOnlyList<EvaluationEntry> Read(Field field)
    {
        // Layouts do not depend on the clusterer: one evaluation makes them where nothing else is said.
        EvaluationEntry[] entries = [.. field.OneOrMany("evaluations").Select((f, i) => ReadOne(f, i == 0 ? UmapChoice.FirstSeed : UmapChoice.None))];
        for (int e = 1; e < entries.Length; e++)
        {
            if (Array.FindIndex(entries, other => other.Clustering == entries[e].Clustering) is var first && first < e)
                throw entries[e].Place.Error($"finds domains as the entry on line {entries[first].Place.Line} does; leave one of them out.");
        }

        return entries;
    }

    private static EvaluationEntry ReadOne(Field field, UmapChoice umap)
    {
        if (!field.IsMap)
            return new EvaluationEntry { Place = field.Place, Clustering = new ClusteringOptions { Clusterer = field.Choice(s_clusterers) }, Umap = umap };
        FieldSet keys = field.Keys("clusterer", "domains", "resolution", "neighbors", "principal-components", "umap");
        Clusterer clusterer = keys.Find("clusterer")?.Choice(s_clusterers) ?? Clusterer.Leiden;
        if (keys.Find("resolution") is { } resolution && (keys.Find("domains") is not null || clusterer != Clusterer.Leiden))
        {
            throw resolution.Error(clusterer == Clusterer.Leiden
                ? "and 'domains' contradict each other; leave one of them out."
                : $"is Leiden's, and the clusterer is {OptionRecord.NameOf(clusterer.ToString())}; say 'domains' in its place.");
        }

        return new EvaluationEntry
        {
            Place = field.Place,
            Clustering = new ClusteringOptions
            {
                Clusterer = clusterer,
                Domains = keys.Find("domains")?.Count(1, 10_000),
                Resolution = keys.Find("resolution")?.Number(r => r is > 0 and <= 1000, "a positive number") ?? 1,
                ByResolution = keys.Find("resolution") is not null,
                Neighbours = keys.Find("neighbors")?.Count(2, 10_000) ?? 50,
                PrincipalComponents = keys.Find("principal-components")?.Count(1, 10_000),
            },
            Umap = keys.Find("umap")?.Choice(s_umap) ?? umap,
        };
    }
}
