namespace SpatialCluster.Campaigns.Tests.Running;

/// <summary>The system's clock, set forward at will.</summary>
public sealed class SettableClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    /// <summary>How much more time has passed, by any measure.</summary>
    public TimeSpan Passed { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead + Passed;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Passed.TotalSeconds * TimestampFrequency);
}
