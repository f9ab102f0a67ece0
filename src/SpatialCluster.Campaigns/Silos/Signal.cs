namespace SpatialCluster.Campaigns.Silos;

/// <summary>Wakes the one that waits; set while nobody waits, it wakes the next one at once.</summary>
/// <param name="clock">The clock.</param>
public sealed class Signal(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _set = new();

    /// <summary>Wakes.</summary>
    public void Set()
    {
        TaskCompletionSource waiting;
        lock (_gate)
            waiting = _set;
        waiting.TrySetResult();
    }

    /// <summary>Waits to be woken, at most for a time.</summary>
    /// <param name="most">The time.</param>
    /// <param name="cancellation">Ends the waiting; that is no error.</param>
    /// <returns>When it was woken, or the time is over.</returns>
    public async Task WaitAsync(TimeSpan most, CancellationToken cancellation)
    {
        TaskCompletionSource set;
        lock (_gate)
            set = _set;
        // All that ends the waiting sets the same: what was waited for goes on where that happens, and not on some thread of the pool.
        ITimer timer = clock.CreateTimer(_ => set.TrySetResult(), null, most, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        using (cancellation.UnsafeRegister(_ => set.TrySetResult(), null))
            await set.Task.ConfigureAwait(false);
        lock (_gate)
        {
            if (_set == set)
                _set = new TaskCompletionSource();
        }
    }
}
