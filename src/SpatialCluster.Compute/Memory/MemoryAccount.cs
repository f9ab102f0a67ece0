namespace SpatialCluster.Compute.Memory;

/// <summary>
/// Counts the memory that one thread's work takes, beside other work in the same process: the matrices it allocates, until
/// they are released, wherever that happens, and the managed memory it asks for, released or not. What its team's other
/// threads allocate for themselves is not in it.
/// </summary>
public sealed class MemoryAccount : IDisposable
{
    [ThreadStatic]
    private static MemoryAccount? s_current;

    private readonly MemoryAccount? _outer = s_current;
    private readonly long _managedBefore = GC.GetAllocatedBytesForCurrentThread();
    private long _live;
    private long _peak;

    private MemoryAccount() => s_current = this;

    /// <summary>The most bytes that matrices held at a time, and all managed bytes asked for: an upper bound of what was in use.</summary>
    public long PeakBytes { get; private set; }

    /// <summary>The account that allocations of this thread are booked on.</summary>
    internal static MemoryAccount? Current => s_current;

    /// <summary>Opens an account for the calling thread.</summary>
    /// <returns>To be disposed on the same thread; then its figure is final.</returns>
    public static MemoryAccount Open() => new();

    /// <summary>Closes the account.</summary>
    public void Dispose()
    {
        s_current = _outer;
        PeakBytes = Interlocked.Read(ref _peak) + GC.GetAllocatedBytesForCurrentThread() - _managedBefore;
    }

    internal void Book(long bytes)
    {
        long live = Interlocked.Add(ref _live, bytes);
        if (live > Interlocked.Read(ref _peak))
            Interlocked.Exchange(ref _peak, live);
    }
}
