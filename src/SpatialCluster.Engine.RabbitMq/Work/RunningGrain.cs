using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>A grain that a device works on, and the message that stands for it.</summary>
internal sealed class RunningGrain(CampaignView view, PlannedGrain grain, IComputeDevice device, IWorkDelivery delivery, TimeProvider clock)
{
    public CampaignView View => view;

    public PlannedGrain Grain => grain;

    public IComputeDevice Device => device;

    /// <summary>The message; another one after the connection was lost and it came back here, null where a new one is in the queue.</summary>
    public IWorkDelivery? Delivery { get; set; } = delivery;

    /// <summary>When the message was taken, as a timestamp of the clock.</summary>
    public long Taken { get; private set; } = clock.GetTimestamp();

    /// <summary>Has another message stand for the work.</summary>
    public void Adopt(IWorkDelivery other)
    {
        Delivery = other;
        Taken = clock.GetTimestamp();
    }

    /// <summary>When the work began.</summary>
    public DateTimeOffset Since { get; } = clock.GetUtcNow();

    /// <summary>Whether nothing is to run beside it.</summary>
    public bool Alone { get; init; }

    public string? Stage { get; set; }

    public TrainingProgress? Progress { get; set; }

    /// <summary>When an epoch was last told of.</summary>
    public long EpochTold { get; set; }

    public DeviceReport Report() => new(device.Name, device.Lane.ToString().ToLowerInvariant(), device.Team.Threads)
    {
        Campaign = view.Plan.Id,
        Grain = grain.Key.ToString(),
        Title = grain.Title,
        Stage = Stage,
        Epoch = Progress?.Epoch,
        Epochs = Progress?.Epochs,
        Since = Since,
    };
}
