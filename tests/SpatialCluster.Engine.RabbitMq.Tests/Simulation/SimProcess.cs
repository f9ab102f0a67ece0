namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A process on a machine of its own: it may be frozen for a while, and it may die, and then nothing of it goes on.</summary>
internal sealed class SimProcess(SimLoop loop, string name)
{
    private readonly List<Action> _kept = [];
    private readonly List<(long From, long To)> _stops = [];

    public string Name => name;

    public SimLoop Loop => loop;

    public bool IsDead { get; private set; }

    public bool IsFrozen { get; private set; }

    public bool WasFrozen { get; private set; }

    public Action? Died { get; set; }

    public Action? Froze { get; set; }

    public Action? Thawed { get; set; }

    public void After(TimeSpan delay, Action act) => loop.After(delay, this, act);

    public void Keep(Action act) => _kept.Add(act);

    public void Kill()
    {
        if (IsDead)
            return;
        loop.Tell(name, "is killed");
        IsDead = true;
        Died?.Invoke();
    }

    /// <summary>How much of a time it was not frozen, in ticks.</summary>
    public long Lived(long from, long to) => to - from - _stops.Sum(stop => Math.Max(0, Math.Min(to, stop.To) - Math.Max(from, stop.From)));

    public void Freeze(TimeSpan time)
    {
        if (IsDead || IsFrozen)
            return;
        loop.Tell(name, $"freezes for {time.TotalSeconds:F1} s");
        IsFrozen = WasFrozen = true;
        _stops.Add((loop.Now, loop.Now + time.Ticks));
        Froze?.Invoke();
        loop.After(time, null, Thaw);
    }

    private void Thaw()
    {
        IsFrozen = false;
        if (IsDead)
            return;
        loop.Tell(name, "thaws");
        Thawed?.Invoke();
        foreach (Action act in _kept)
            After(loop.Between(0, 0.05), act);
        _kept.Clear();
    }
}
