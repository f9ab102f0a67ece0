namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>One class at a time: each has several processes, and stops servers under their feet.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterCollection : ICollectionFixture<ClusterServers>
{
    public const string Name = "cluster";
}
