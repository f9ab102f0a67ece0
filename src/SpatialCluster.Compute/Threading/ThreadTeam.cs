using System.Runtime.ExceptionServices;

namespace SpatialCluster.Compute.Threading;

/// <summary>
/// The threads of one CPU device. Work comes as numbered tiles that are handed out one by one: a slow or busy core takes
/// fewer of them, none is waited for before it has started, and nobody spins. What a tile computes must not depend on
/// which thread runs it: that is how results stay the same for every thread count.
/// </summary>
public sealed class ThreadTeam : IDisposable
{
    [ThreadStatic]
    private static int s_current;

    private readonly object _gate = new();
    private readonly Thread[] _workers;
    private Action<int>? _body;
    private int _tiles;
    private int _next;
    private int _active;
    private long _generation;
    private bool _busy;
    private bool _stopping;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts a team; the calling thread works too, so it makes one thread less.</summary>
    /// <param name="threads">At least 1.</param>
    /// <param name="name">A name for the threads, as debuggers show it.</param>
    public ThreadTeam(int threads, string name = "cpu:0")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Threads = threads;
        _workers = new Thread[threads - 1];
        for (int i = 0; i < _workers.Length; i++)
        {
            // 8 MiB: tile bodies recurse nowhere, but their stack-allocated scratch is generous.
            int number = i + 1;
            _workers[i] = new Thread(() => Work(number), 8 << 20) { IsBackground = true, Name = $"{name}/{number}" };
            _workers[i].Start();
        }
    }

    /// <summary>How many threads share the work, the caller's included.</summary>
    public int Threads { get; }

    /// <summary>Inside a tile: which of the team's threads runs it, 0 … Threads−1. For scratch memory, never for results.</summary>
    public static int CurrentThread => s_current;

    /// <summary>Runs <paramref name="body"/> once for each tile 0 … tiles−1 and returns when all are done.</summary>
    /// <param name="tiles">How many tiles.</param>
    /// <param name="body">The work of one tile; hold on to the delegate where this is called often. May not call back into the team.</param>
    /// <exception cref="InvalidOperationException">The team is running a loop already: from this thread, or from another.</exception>
    /// <exception cref="ObjectDisposedException">The threads were ended.</exception>
    /// <exception cref="Exception">The first exception of a body; the tiles that had not started are skipped.</exception>
    public void For(int tiles, Action<int> body)
    {
        if (tiles <= 0)
            return;
        Begin(tiles, body);

        // The caller may itself be a numbered thread of another team.
        int outer = s_current;
        s_current = 0;
        Drain(body, tiles);
        s_current = outer;
        End()?.Throw();
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread worker in _workers)
            worker.Join();
    }

    private void Begin(int tiles, Action<int> body)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            if (_busy)
                throw new InvalidOperationException("A thread team runs one loop at a time.");
            _busy = true;
            _tiles = tiles;
            _next = 0;
            if (_workers.Length == 0 || tiles == 1)
                return;
            _body = body;
            _generation++;
            Monitor.PulseAll(_gate);
        }
    }

    private ExceptionDispatchInfo? End()
    {
        lock (_gate)
        {
            // From here nobody can join; only those already inside are waited for.
            _body = null;
            while (_active > 0)
                Monitor.Wait(_gate);
            ExceptionDispatchInfo? failure = _failure;
            _failure = null;
            _busy = false;
            return failure;
        }
    }

    private void Work(int number)
    {
        s_current = number;
        long seen = 0;
        while (true)
        {
            Action<int> body;
            int tiles;
            lock (_gate)
            {
                while (!_stopping && (_body is null || _generation == seen))
                    Monitor.Wait(_gate);
                if (_stopping)
                    return;
                seen = _generation;
                body = _body!;
                tiles = _tiles;
                _active++;
            }

            Drain(body, tiles);
            lock (_gate)
            {
                if (--_active == 0)
                    Monitor.PulseAll(_gate);
            }
        }
    }

    private void Drain(Action<int> body, int tiles)
    {
        int tile;
        while ((tile = Interlocked.Increment(ref _next) - 1) < tiles)
        {
            try
            {
                body(tile);
            }
#pragma warning disable CA1031 // Every failure of a tile travels to the caller of For.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
                Volatile.Write(ref _next, tiles);
            }
        }
    }
}
