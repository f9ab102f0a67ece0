using Microsoft.Extensions.Logging;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Silo.Hosting;

/// <summary>What an engine is made from.</summary>
public sealed record SiloEngineRequest
{
    /// <summary>Which engine, such as <c>rabbitmq</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>What the silo is called.</summary>
    public required string Id { get; init; }

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>The store, measured.</summary>
    public required GrainRecords Records { get; init; }

    /// <summary>The broker; null for an engine that needs none.</summary>
    public BrokerOptions? Broker { get; init; }

    /// <summary>How silos find one another; null for an engine that has a broker for that.</summary>
    public ClusterMembership? Membership { get; init; }

    /// <summary>The work of every kind of grain.</summary>
    public IReadOnlyList<IGrainWork> Works { get; init; } = GrainWorks.All;

    /// <summary>The devices; they are the host's and outlive the engine.</summary>
    public required IReadOnlyList<IComputeDevice> Devices { get; init; }

    /// <summary>Bytes that grains running at a time may be forecast to take together.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>After so long a training goes on in another message.</summary>
    public required TimeSpan Segment { get; init; }

    /// <summary>How long giving back may take when the silo is stopped.</summary>
    public required TimeSpan Grace { get; init; }

    /// <summary>How grains are run, with the clock.</summary>
    public required GrainRunnerOptions Runner { get; init; }

    /// <summary>Where the silo's dashboard is; known when the engine runs, null where there is none.</summary>
    public required Func<string?> Address { get; init; }

    /// <summary>Makes loggers.</summary>
    public required ILoggerFactory Logs { get; init; }
}
