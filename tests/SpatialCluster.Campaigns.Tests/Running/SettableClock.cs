namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>The system's clock, set forward at will.</summary>
public sealed class SettableClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
