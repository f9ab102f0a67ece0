using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>What a silo is, and how it goes about its work.</summary>
public sealed record SiloSettings
{
    /// <summary>Unlike that of every other silo: lower-case letters, digits and '-'.</summary>
    public required string Id { get; init; }

    /// <summary>The program's version, for people.</summary>
    public required string Program { get; init; }

    /// <summary>Its devices; they remain their maker's.</summary>
    public required IReadOnlyList<IComputeDevice> Devices { get; init; }

    /// <summary>The most bytes that grains running at a time may be forecast to take together.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>Tells where its dashboard is; null where it has none.</summary>
    public Func<string?> Address { get; init; } = () => null;

    /// <summary>How long a training may hold its message: then there is a checkpoint and a new message. Well under the broker's consumer timeout of 30 minutes.</summary>
    public TimeSpan Segment { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the work may take to stop when the silo is stopped; what takes longer is given back from its last checkpoint.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Time between two looks at the queues when nothing is heard of.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two looks at the store for campaigns, cancellations and drains.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time between two words about itself in the store.</summary>
    public TimeSpan Beacon { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A campaign of which nothing ended for so long is looked through for lost messages.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Told what somebody who looks for a fault would want to know; from any thread.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
