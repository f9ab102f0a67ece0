namespace SpatialCluster.Campaigns.Running;

/// <summary>Lets one in at a time, in the order in which they came. Whoever waited goes on where the one before leaves, and not on some thread of the pool: what a program does then depends on its calls alone.</summary>
public sealed class AsyncGate
{
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private bool _taken;

    /// <summary>Goes in, when nobody else is.</summary>
    /// <returns>When it is in.</returns>
    public Task EnterAsync()
    {
        lock (_waiting)
        {
            if (!_taken)
            {
                _taken = true;
                return Task.CompletedTask;
            }

            var next = new TaskCompletionSource();
            _waiting.Enqueue(next);
            return next.Task;
        }
    }

    /// <summary>Goes out.</summary>
    public void Leave()
    {
        TaskCompletionSource? next;
        lock (_waiting)
        {
            if (!_waiting.TryDequeue(out next))
                _taken = false;
        }

        next?.SetResult();
    }
}
