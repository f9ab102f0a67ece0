namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A process on a machine of its own: it may be frozen for a while, and it may die, and then nothing of it goes on.</summary>
internal sealed class SimProcess(SimLoop loop, string name)
{
    private readonly List<Action> _kept = [];

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

    public void Freeze(TimeSpan time)
    {
        if (IsDead || IsFrozen)
            return;
        loop.Tell(name, $"freezes for {time.TotalSeconds:F1} s");
        IsFrozen = WasFrozen = true;
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
