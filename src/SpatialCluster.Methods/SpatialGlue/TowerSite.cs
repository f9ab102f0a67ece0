using SpatialCluster.Compute.Memory;
using SpatialCluster.Compute.Training;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>What the towers of one network are built with.</summary>
internal sealed record TowerSite(SpatialGlueGraphs Graphs, SpatialGlueOptions Options, bool Correspondence, RowPartition Rows, int Threads, Arena Arena);
