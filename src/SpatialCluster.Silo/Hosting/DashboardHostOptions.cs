using Microsoft.AspNetCore.Routing;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Hosting;

/// <summary>What a dashboard without a silo is started with.</summary>
public sealed record DashboardHostOptions
{
    /// <summary>The store that it shows; the caller disposes it.</summary>
    public required IArtifactStore Store { get; init; }

    /// <summary>How it is reached.</summary>
    public required SiloWebOptions Web { get; init; }

    /// <summary>What it tells of itself.</summary>
    public required TelemetryOptions Telemetry { get; init; }

    /// <summary>Where log lines go.</summary>
    public required TextWriter Log { get; init; }

    /// <summary>Maps the dashboard; null for none.</summary>
    public Func<GrainRecords, ISiloEngine?, Action<IEndpointRouteBuilder>>? Dashboard { get; init; }
}
