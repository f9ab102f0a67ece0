using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Silo.Hosting;

/// <summary>An engine, and how campaigns get to it.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Submit">Submits a planned campaign with its document to the cluster; null where the silo takes none over HTTP.</param>
public sealed record SiloEngineParts(ISiloEngine Engine, Func<PlannedCampaign, byte[], CancellationToken, Task>? Submit = null);
