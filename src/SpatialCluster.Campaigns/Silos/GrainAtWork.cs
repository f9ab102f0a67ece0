using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>A grain that a device of this silo works on, and how far it is.</summary>
/// <param name="campaign">The campaign for which it was begun.</param>
/// <param name="grain">The grain.</param>
/// <param name="device">The device.</param>
/// <param name="since">When the work began.</param>
public sealed class GrainAtWork(string campaign, PlannedGrain grain, IComputeDevice device, DateTimeOffset since)
{
    /// <summary>The campaign for which it was begun.</summary>
    public string Campaign => campaign;

    /// <summary>The grain.</summary>
    public PlannedGrain Grain => grain;

    /// <summary>The device.</summary>
    public IComputeDevice Device => device;

    /// <summary>The stage of its work; null before the first.</summary>
    public string? Stage { get; internal set; }

    /// <summary>How far its training is; null outside one.</summary>
    public TrainingProgress? Progress { get; internal set; }

    /// <summary>What the device does.</summary>
    /// <returns>For a beacon.</returns>
    public DeviceReport Report() => DeviceReport.Idle(device) with
    {
        Campaign = campaign,
        Grain = grain.Key.ToString(),
        Title = grain.Title,
        Stage = Stage,
        Epoch = Progress?.Epoch,
        Epochs = Progress?.Epochs,
        Since = since,
    };
}
