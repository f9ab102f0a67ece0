namespace SpatialCluster.Engine.RabbitMq.Work;

/// <summary>Wakes the one that waits; set while nobody waits, it wakes the next one at once.</summary>
internal sealed class Signal(TimeProvider clock)
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
        Task set;
        lock (_gate)
            set = _set.Task;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task waited = Task.Delay(most, clock, over.Token);
        await Task.WhenAny(set, waited).ConfigureAwait(false);
        over.Cancel();
        lock (_gate)
        {
            if (_set.Task.IsCompleted)
                _set = new TaskCompletionSource();
        }
    }
}
