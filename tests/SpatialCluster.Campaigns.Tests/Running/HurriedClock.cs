namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>The system's clock, but what is waited for comes at once.</summary>
public sealed class HurriedClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, period > TimeSpan.Zero ? dueTime : TimeSpan.Zero, period);
}
