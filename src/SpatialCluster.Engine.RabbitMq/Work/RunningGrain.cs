using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Broker;

namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>A grain that a device works on, and the message that stands for it.</summary>
internal sealed class RunningGrain(CampaignView view, PlannedGrain grain, IComputeDevice device, IWorkDelivery delivery, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private IWorkDelivery? _delivery = delivery;
    private bool _ended;

    public CampaignView View => view;

    public PlannedGrain Grain => grain;

    public IComputeDevice Device => device;

    /// <summary>The message; another one after the connection was lost and it came back here, null where a new one is in the queue.</summary>
    public IWorkDelivery? Delivery => _delivery;

    /// <summary>When the message was taken, as a timestamp of the clock.</summary>
    public long Taken { get; private set; } = clock.GetTimestamp();

    /// <summary>Has another message stand for the work.</summary>
    /// <returns>Whether it does; false where the work has ended, and nobody would look after the message.</returns>
    public bool TryAdopt(IWorkDelivery other)
    {
        lock (_gate)
        {
            if (_ended)
                return false;
            _delivery = other;
            Taken = clock.GetTimestamp();
            return true;
        }
    }

    /// <summary>Lets go of the message: another is to stand for the work.</summary>
    /// <returns>The message; null where there is none, or the work has ended.</returns>
    public IWorkDelivery? LetGo()
    {
        lock (_gate)
        {
            IWorkDelivery? held = _ended ? null : _delivery;
            if (!_ended)
                _delivery = null;
            return held;
        }
    }

    /// <summary>The work has ended: no other message can stand for it any more.</summary>
    /// <returns>The message that does.</returns>
    public IWorkDelivery? End()
    {
        lock (_gate)
        {
            _ended = true;
            return _delivery;
        }
    }

    /// <summary>How far it is.</summary>
    public GrainAtWork Work { get; } = new(view.Plan.Id, grain, device, clock.GetUtcNow());

    /// <summary>Whether nothing is to run beside it.</summary>
    public bool Alone { get; init; }
}
