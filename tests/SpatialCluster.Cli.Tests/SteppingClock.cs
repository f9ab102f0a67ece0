namespace SpatialCluster.Cli.Tests;

/// <summary>A clock that goes on by a fixed step whenever it is read.</summary>
internal sealed class SteppingClock(TimeSpan step) : TimeProvider
{
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now += step.Ticks;

    public void Advance(TimeSpan time) => _now += time.Ticks;
}
