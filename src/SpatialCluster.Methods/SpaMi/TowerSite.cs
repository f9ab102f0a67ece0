using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Compute.Sparse;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>What the towers of one network are built with.</summary>
internal sealed record TowerSite(
    SpaMiGraphs Graphs, CsrMatrix ReadoutTransposed, SpaMiOptions Options, RowPartition Rows, int Threads, Arena Arena, RandomStream Random);
