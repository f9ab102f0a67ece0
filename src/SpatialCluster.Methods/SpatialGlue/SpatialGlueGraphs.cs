using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>
/// The graphs that SpatialGlue propagates on, each D^-½ (A + I) D^-½ of a symmetrised nearest-neighbour graph of ones
/// (<c>preprocess.py</c>, <c>adjacent_matrix_preprocessing</c>).
/// </summary>
/// <param name="Spatial">Nearest spots in the tissue: one graph, since all modalities share the spots.</param>
/// <param name="Features">Per modality the nearest spots by correlation of its features; empty without feature graphs.</param>
public sealed record SpatialGlueGraphs(CsrMatrix Spatial, IReadOnlyList<CsrMatrix> Features)
{
    /// <summary>Builds the graphs.</summary>
    /// <param name="coordinates">Where the spots lie.</param>
    /// <param name="features">Per modality spots × features.</param>
    /// <param name="options">How many neighbours, and whether there are feature graphs.</param>
    /// <param name="team">The threads.</param>
    /// <returns>The graphs.</returns>
    public static SpatialGlueGraphs From(SpotCoordinates coordinates, IReadOnlyList<Matrix> features, SpatialGlueOptions options, ThreadTeam team) => new(
        Propagating(SpatialNeighbours.Nearest(coordinates, options.Neighbours, team)),
        options.FeatureGraph
            ? [.. features.Select(f => Propagating(FeatureNeighbours.Nearest(f, options.FeatureNeighbours, FeatureMetric.Correlation, team)))]
            : []);

    /// <summary>One graph from the nearest neighbours.</summary>
    /// <param name="nearest">k neighbours of each spot.</param>
    /// <returns>Spots × spots, symmetric.</returns>
    public static CsrMatrix Propagating(NeighbourTable nearest) => NeighbourGraphs.NormalisedWithSelfLoops(NeighbourGraphs.Undirected(nearest));
}
