using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>Something that is wrong in a store.</summary>
/// <param name="Name">The artifact that is wrong.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="WayOut">What to do.</param>
public sealed record StoreProblem(ArtifactName Name, string What, string WayOut);
