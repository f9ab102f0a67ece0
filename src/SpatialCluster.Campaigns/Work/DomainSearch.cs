using SpatialCluster.Analysis.Clustering;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Methods.Integration;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Finds domains by each of the clusterers.</summary>
internal static class DomainSearch
{
    /// <summary>Finds domains: what the resolution gives where that is asked for; else the wanted number, or that of the truth, or (by Leiden alone) what the resolution gives.</summary>
    public static FoundDomains Find(MethodResult run, RunNeighbourhood neighbourhood, StoredPlaces slice, ClusteringOptions options, GrainContext context)
    {
        if (options.ByResolution && (options.Clusterer != Clusterer.Leiden || options.Domains is not null))
            throw new BadInputException("by-resolution is on, which is Leiden's and leaves the number of domains open; leave it out, or use leiden and name no number.");
        int? wanted = options.ByResolution ? null : options.Domains ?? slice.Domains;
        if (wanted < 1 || wanted > slice.Coordinates.Count)
            throw new BadInputException($"{slice.Coordinates.Count:N0} spots cannot form {wanted} domains; give another number of domains.");
        if (options.Clusterer == Clusterer.Leiden)
            return Leiden(run, neighbourhood, slice, options, wanted, context);
        string name = options.Clusterer == Clusterer.KMeans ? "k-means" : "gmm";
        if (run.Embedding is null)
            throw new BadInputException($"The method gives a joint graph and no embedding, which {name} needs; use leiden for it.");
        if (wanted is not { } clusters)
            throw new BadInputException($"{name} must know how many domains there are; say how many, name the dataset's truth, or use leiden, which goes by a resolution.");
        (Matrix features, bool owned) = neighbourhood.Reduced();
        try
        {
            return options.Clusterer == Clusterer.KMeans ? KMeans(features, clusters, options, context) : Mixture(features, clusters, options, context);
        }
        finally
        {
            if (owned)
                features.Dispose();
        }
    }

    private static FoundDomains Leiden(
        MethodResult run, RunNeighbourhood neighbourhood, StoredPlaces slice, ClusteringOptions options, int? wanted, GrainContext context)
    {
        // Only the graph counts: the embedding's own is made once, for UMAP as well.
        var graph = new MethodResult { Graph = run.Graph ?? neighbourhood.Fuzzy };
        var search = new DomainOptions { Domains = wanted, Resolution = options.Resolution };
        TissueDomains domains = DomainFinder.Find(graph, slice.Coordinates, search, options.Seed, context.Team, context.Cancellation);
        return new FoundDomains
        {
            Labels = domains.Labels,
            Count = domains.Count,
            Wanted = wanted,
            Reached = domains.Reached,
            Resolution = domains.Resolution,
            Notes = domains.Note is { } note ? [note] : [],
        };
    }

    private static FoundDomains KMeans(Matrix features, int clusters, ClusteringOptions options, GrainContext context)
    {
        var how = new KMeansOptions { Clusters = clusters, Seed = options.Seed };
        return Of(Analysis.Clustering.KMeans.Cluster(features, how, context.Team, context.Cancellation).Labels, clusters, []);
    }

    private static FoundDomains Mixture(Matrix features, int clusters, ClusteringOptions options, GrainContext context)
    {
        var how = new GaussianMixtureOptions { Clusters = clusters, Seed = options.Seed };
        GaussianMixtureResult result = GaussianMixture.Cluster(features, how, context.Team, context.Cancellation);
        return Of(result.Labels, clusters, result.Converged ? [] : [$"The mixture did not converge in {how.MaxIterations:N0} iterations."]);
    }

    // Both number by size, so that empty clusters come last and no number is left out.
    private static FoundDomains Of(int[] labels, int wanted, IReadOnlyList<string> notes)
    {
        int count = labels.Max() + 1;
        return new FoundDomains
        {
            Labels = labels,
            Count = count,
            Wanted = wanted,
            Reached = count == wanted,
            Resolution = null,
            Notes = count == wanted ? notes : [.. notes, $"{count} of {wanted} clusters have spots."],
        };
    }
}
