using SpatialCluster.Analysis.Autocorrelation;
using SpatialCluster.Analysis.Communities;
using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.LinearAlgebra;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Integration;

/// <summary>From an embedding to tissue domains, as the originals' tutorials do it with scanpy.</summary>
public static class DomainFinder
{
    /// <summary>Spatial neighbours that Moran's I of the domains goes by.</summary>
    public const int MoranNeighbours = 6;

    /// <summary>Finds domains.</summary>
    /// <param name="trained">An embedding, or a joint graph.</param>
    /// <param name="coordinates">Where the spots lie.</param>
    /// <param name="options">Number or resolution, neighbours.</param>
    /// <param name="seed">Leiden's seed.</param>
    /// <param name="team">The threads.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <returns>Labels, and how they lie in space.</returns>
    public static TissueDomains Find(
        MethodResult trained, SpotCoordinates coordinates, DomainOptions options, ulong seed, ThreadTeam team, CancellationToken cancellation = default)
    {
        CsrMatrix graph = trained.Graph ?? Neighbourhood(trained.Embedding!, options, team);
        var leiden = new LeidenOptions { Resolution = options.Resolution, Seed = seed };
        ResolutionSearchResult found;
        if (options.Domains is { } wanted)
        {
            found = ResolutionSearch.Find(graph, wanted, leiden, cancellation);
        }
        else
        {
            LeidenResult result = Leiden.Cluster(graph, leiden, cancellation);
            found = new ResolutionSearchResult(result.Labels, options.Resolution, result.Communities, Reached: true, Note: null);
        }

        return new TissueDomains
        {
            Labels = found.Labels,
            Count = found.Found,
            Resolution = found.Resolution,
            Reached = found.Reached,
            Note = found.Note,
            Moran = DomainAutocorrelation.Of(found.Labels, SpatialWeights(coordinates, team)),
        };
    }

    /// <summary>The spatial graph that Moran's I goes by: six nearest spots (fewer on smaller slices), symmetrised.</summary>
    /// <param name="coordinates">Where the spots lie.</param>
    /// <param name="team">The threads.</param>
    /// <returns>Spots × spots.</returns>
    public static CsrMatrix SpatialWeights(SpotCoordinates coordinates, ThreadTeam team) =>
        NeighbourGraphs.Undirected(SpatialNeighbours.Nearest(coordinates, int.Min(MoranNeighbours, coordinates.Count - 1), team));

    private static CsrMatrix Neighbourhood(Matrix embedding, DomainOptions options, ThreadTeam team)
    {
        if (options.PrincipalComponents is not { } components || components >= embedding.Columns)
            return FuzzyNeighbourGraph.FromFeatures(embedding, options.Neighbours, FeatureMetric.Euclidean, team);
        using PrincipalComponents reduced = PrincipalComponents.Of(embedding, components, team);
        return FuzzyNeighbourGraph.FromFeatures(reduced.Scores, options.Neighbours, FeatureMetric.Euclidean, team);
    }
}
