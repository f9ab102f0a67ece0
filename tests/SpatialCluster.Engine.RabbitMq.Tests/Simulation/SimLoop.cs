using System.Globalization;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>
/// All that happens in a simulation, one thing after another on one thread, in an order that the seed determines. Time is what the
/// next event says that it is.
/// </summary>
internal sealed class SimLoop(int seed, bool writesLog)
{
    private const int MostEvents = 4_000_000;

    private readonly PriorityQueue<(SimProcess? Owner, Action Act), (long Time, long Number)> _events = new();
    private readonly List<string> _log = [];
    private long _number;
    private long _done;

    /// <summary>Begins an hour after zero, so that no timestamp is zero.</summary>
    public long Now { get; private set; } = TimeSpan.TicksPerHour;

    public TimeSpan Elapsed => TimeSpan.FromTicks(Now - TimeSpan.TicksPerHour);

    public Random Random { get; } = new(seed);

    public long Events => _done;

    /// <summary>Of everything that was told, in its order: two runs of one seed have the same.</summary>
    public ulong Trace { get; private set; } = 14695981039346656037;

    public IReadOnlyList<string> Log => _log;

    /// <summary>The threads of devices, and those of them that do nothing.</summary>
    public List<SimThread> Threads { get; } = [];

    public Stack<SimThread> IdleThreads { get; } = [];

    public TimeSpan Between(double from, double to) => TimeSpan.FromSeconds(from + (Random.NextDouble() * (to - from)));

    public bool Chance(double share) => share > 0 && Random.NextDouble() < share;

    /// <summary>Does something later; what belongs to a process not while it is frozen, and never when it is dead.</summary>
    public void After(TimeSpan delay, SimProcess? owner, Action act) => _events.Enqueue((owner, act), (Now + Math.Max(0, delay.Ticks), ++_number));

    public void Tell(string who, string what)
    {
        ulong hash = Trace;
        foreach (char c in who)
            hash = (hash ^ c) * 1099511628211;
        foreach (char c in what)
            hash = (hash ^ c) * 1099511628211;
        Trace = (hash ^ (ulong)Now) * 1099511628211;
        if (writesLog)
            _log.Add(string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,9:F3} {who,-10} {what}"));
    }

    /// <summary>Runs until something holds.</summary>
    /// <returns>Whether it came to hold within the time.</returns>
    public bool RunUntil(Func<bool> holds, TimeSpan most)
    {
        long end = Now + most.Ticks;
        while (!holds())
        {
            if (!_events.TryPeek(out _, out (long Time, long Number) at) || at.Time > end || _done >= MostEvents)
                return false;
            Step();
        }

        return true;
    }

    public void RunFor(TimeSpan time)
    {
        long end = Now + time.Ticks;
        while (_events.TryPeek(out _, out (long Time, long Number) at) && at.Time <= end)
            Step();
        Now = Math.Max(Now, end);
    }

    /// <summary>Ends the threads that would wait for ever.</summary>
    public void Close()
    {
        foreach (SimThread thread in Threads)
            thread.Release();
    }

    private void Step()
    {
        _events.TryDequeue(out (SimProcess? Owner, Action Act) next, out (long Time, long Number) at);
        Now = Math.Max(Now, at.Time);
        _done++;
        if (next.Owner is { IsDead: true })
            return;
        if (next.Owner is { IsFrozen: true } frozen)
            frozen.Keep(next.Act);
        else
            next.Act();
    }
}
