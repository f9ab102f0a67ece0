using SpatialCluster.Artifacts.Faults;

namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>Fault points are the process's own: classes that arm them run one after another.</summary>
[CollectionDefinition(nameof(FaultPoint), DisableParallelization = true)]
public sealed class FaultPointCollection;
