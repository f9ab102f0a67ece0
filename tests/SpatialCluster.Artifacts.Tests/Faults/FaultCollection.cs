namespace SpatialCluster.Tests.Artifacts.Faults;

/// <summary>Tests that hook into the fault points of this process, which nothing else may reach meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultCollection
{
    public const string Name = "faults";
}
