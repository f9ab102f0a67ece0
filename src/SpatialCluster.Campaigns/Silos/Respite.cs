namespace SpatialCluster.Campaigns.Silos;

/// <summary>A time in which a silo takes nothing, since whatever it began would fail for one reason that is not the grain's. Where others may do the work, each that follows another lasts longer, until something goes well again.</summary>
/// <param name="clock">The clock.</param>
public sealed class Respite(TimeProvider clock)
{
    private static readonly TimeSpan s_short = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(4);

    private readonly Lock _gate = new();
    private TimeSpan _length;
    private long _since;
    private string? _reason;

    /// <summary>The reason; null when the time is over.</summary>
    public string? Reason
    {
        get
        {
            lock (_gate)
                return _reason is not null && clock.GetElapsedTime(_since) < _length ? _reason : null;
        }
    }

    /// <summary>Begins one. Grains that failed together are one reason, and not several.</summary>
    /// <param name="reason">In a sentence.</param>
    /// <param name="isShort">Whether trying again costs nobody anything, so that it is to be done soon.</param>
    public void Begin(string reason, bool isShort)
    {
        lock (_gate)
        {
            if (_reason is not null && clock.GetElapsedTime(_since) < _length)
                return;
            _length = isShort ? s_short : _reason is null ? s_first : TimeSpan.FromTicks(Math.Min(_length.Ticks * 2, s_longest.Ticks));
            (_reason, _since) = (reason, clock.GetTimestamp());
        }
    }

    /// <summary>Something went well.</summary>
    public void End()
    {
        lock (_gate)
            _reason = null;
    }
}
