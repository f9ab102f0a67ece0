namespace SpatialCluster.Silo.Dashboard.Model;

/// <summary>Lets one in at a time.</summary>
#pragma warning disable CA1001 // Without a wait handle, which nobody asks for, a semaphore holds nothing to be disposed.
internal sealed class Turn
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Waits for one's turn, which ends when it is disposed.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        return new Taken(_gate);
    }

    private sealed class Taken(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
