using SpatialCluster.Analysis.Neighbours;
using SpatialCluster.Compute.Sparse;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>The spatial neighbourhood in the two forms that SpaMI uses.</summary>
/// <param name="Adjacency">D^-½ (A + I) D^-½ of the symmetrised k-nearest-neighbour graph: what the convolutions multiply by.</param>
/// <param name="Readout">The directed graph of each spot and its k nearest neighbours, rows summing to 1: what the contrastive readout averages by.</param>
public sealed record SpaMiGraphs(CsrMatrix Adjacency, CsrMatrix Readout)
{
    /// <summary>Both graphs from the nearest neighbours in space.</summary>
    /// <param name="nearest">k neighbours of each spot.</param>
    /// <returns>The graphs.</returns>
    public static SpaMiGraphs From(NeighbourTable nearest) =>
        new(NeighbourGraphs.NormalisedWithSelfLoops(NeighbourGraphs.Undirected(nearest)), NeighbourGraphs.ReadoutMean(nearest));
}
