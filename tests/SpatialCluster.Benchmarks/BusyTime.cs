using System.Diagnostics;

namespace SpatialCluster.Benchmarks;

/// <summary>How long at least one of several overlapping activities was going on.</summary>
internal sealed class BusyTime
{
    private readonly Lock _gate = new();
    private int _running;
    private long _since;
    private TimeSpan _total;

    /// <summary>The time so far, but for what is going on.</summary>
    public double Seconds
    {
        get
        {
            lock (_gate)
                return _total.TotalSeconds;
        }
    }

    /// <summary>Runs an activity.</summary>
    public T Count<T>(Func<T> activity)
    {
        lock (_gate)
        {
            if (_running++ == 0)
                _since = Stopwatch.GetTimestamp();
        }

        try
        {
            return activity();
        }
        finally
        {
            lock (_gate)
            {
                if (--_running == 0)
                    _total += Stopwatch.GetElapsedTime(_since);
            }
        }
    }
}
