using System.Diagnostics;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>What a silo told, and when it was heard (by <see cref="Stopwatch"/>).</summary>
internal sealed record Heard(long At, ClusterEvent Event);
