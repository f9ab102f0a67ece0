using Microsoft.AspNetCore.Routing;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Hosting;

/// <summary>What a silo is started with.</summary>
public sealed record SiloHostOptions
{
    /// <summary>Which engine.</summary>
    public required string Engine { get; init; }

    /// <summary>What the silo is called.</summary>
    public required string Id { get; init; }

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>Where results are kept; the caller disposes it.</summary>
    public required IArtifactStore Store { get; init; }

    /// <summary>The broker; null for an engine that needs none.</summary>
    public BrokerOptions? Broker { get; init; }

    /// <summary>How silos find one another; null for an engine that has a broker for that.</summary>
    public ClusterMembership? Membership { get; init; }

    /// <summary>The devices.</summary>
    public required SiloDevices Devices { get; init; }

    /// <summary>Bytes that grains running at a time may be forecast to take together.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>After so long a training goes on in another message.</summary>
    public TimeSpan Segment { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long giving back may take when the silo is stopped.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How grains are run.</summary>
    public required GrainRunnerOptions Runner { get; init; }

    /// <summary>How it is reached over HTTP; null for not at all.</summary>
    public SiloWebOptions? Web { get; init; }

    /// <summary>Folders that campaigns which come over HTTP may read data from.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>What it tells of itself.</summary>
    public required TelemetryOptions Telemetry { get; init; }

    /// <summary>Where log lines go.</summary>
    public required TextWriter Log { get; init; }

    /// <summary>Makes the engine.</summary>
    public Func<SiloEngineRequest, CancellationToken, Task<SiloEngineParts>> Engines { get; init; } = SiloEngineFactory.CreateAsync;

    /// <summary>Maps the dashboard over a store and, in a silo, its engine; null for none.</summary>
    public Func<GrainRecords, ISiloEngine?, Action<IEndpointRouteBuilder>>? Dashboard { get; init; }
}
