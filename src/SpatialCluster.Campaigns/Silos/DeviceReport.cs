using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>What a device of a silo does.</summary>
/// <param name="Name">Such as <c>cpu:0</c>.</param>
/// <param name="Lane">The lane that it serves, in lower case.</param>
/// <param name="Threads">Its threads.</param>
public sealed record DeviceReport(string Name, string Lane, int Threads)
{
    /// <summary>A device that does nothing.</summary>
    /// <param name="device">The device.</param>
    /// <returns>What is known of it.</returns>
    public static DeviceReport Idle(IComputeDevice device) => new(device.Name, device.Lane.ToString().ToLowerInvariant(), device.Team.Threads);

    /// <summary>The campaign of the grain; null where the device is idle.</summary>
    public string? Campaign { get; init; }

    /// <summary>The grain, such as <c>training-run/0a…</c>; null where the device is idle.</summary>
    public string? Grain { get; init; }

    /// <summary>The grain's title.</summary>
    public string? Title { get; init; }

    /// <summary>The stage of its work.</summary>
    public string? Stage { get; init; }

    /// <summary>Epochs done; null outside a training.</summary>
    public int? Epoch { get; init; }

    /// <summary>Epochs wanted.</summary>
    public int? Epochs { get; init; }

    /// <summary>Since when it works on the grain.</summary>
    public DateTimeOffset? Since { get; init; }
}
