using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.Orleans.Work;

/// <summary>What a silo is.</summary>
public sealed record OrleansSiloSettings
{
    /// <summary>Unlike that of every other silo.</summary>
    public required string Id { get; init; }

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>Its devices; they are the maker's.</summary>
    public required IReadOnlyList<IComputeDevice> Devices { get; init; }

    /// <summary>Bytes that its grains may be forecast to take together.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>Tells where its dashboard is; null where it has none.</summary>
    public Func<string?> Address { get; init; } = () => null;

    /// <summary>How long the work may take to stop when the silo is stopped; what takes longer is given back from its last checkpoint.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Time between two reports to the lanes, and two looks at the store.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Time between two words about itself in the store.</summary>
    public TimeSpan Beacon { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told what somebody who looks for a fault would want to know; from any thread.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
