using SpatialCluster.Artifacts.Content;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Work;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A silo in a simulated process.</summary>
#pragma warning disable CA1001 // Nothing of a simulation is let go of: it is garbage as a whole.
internal sealed class SimSilo
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stop = new();

    public SimSilo(SimCluster cluster, string name, SimSiloOptions options)
    {
        Options = options;
        Process = new SimProcess(cluster.Loop, name);
        Connection = new SimConnection(Process, cluster.Broker);
        var clock = new SimClock(Process, options.ClockOff);
        var records = new GrainRecords(new ContentStore(new SimStore(Process, cluster.Store, cluster.Faults, cluster.Witness), clock));
        SimWork[] works = [new(Process, cluster.Ledger, SimWork.KindName, options.Codes), new(Process, cluster.Ledger, SimWork.ReportName, options.Codes)];
        var runner = new GrainRunner(records, works, new GrainRunnerOptions
        {
            Clock = clock,
            CheckpointInterval = SimCluster.CheckpointInterval,
            MostCrashes = SimCluster.MostCrashes,
            OutlivesStore = true,
            Owner = new ClaimOwner(name, "another machine", 1, "1"),
        });
        Settings = new SiloSettings
        {
            Id = name,
            Program = "simulation",
            Devices = [.. options.Devices.Select((lane, i) => new SimDevice(Process, $"{lane}:{i}".ToLowerInvariant(), lane))],
            MemoryLimit = options.MemoryLimit,
            Segment = options.Segment,
            Grace = options.Grace,
            Poll = options.Poll,
            Watch = options.Watch,
            Clock = clock,
            Log = text => cluster.Loop.Tell(name, text.Split('\n')[0]),
        };
        Observer = new SimObserver(cluster.Loop, name);
        Silo = new RabbitSilo(runner, new CampaignStore(records), Connection, SimCluster.Scope, Settings, _ => Observer);
        cluster.Loop.Tell(name, $"starts with {string.Join(' ', options.Codes)}");
        Process.After(TimeSpan.Zero, () => Run = RunAsync());
    }

    public SimSiloOptions Options { get; }

    public SimProcess Process { get; }

    public SimConnection Connection { get; }

    public SiloSettings Settings { get; }

    public SimObserver Observer { get; }

    public RabbitSilo Silo { get; }

    public Task? Run { get; private set; }

    public bool IsDraining { get; private set; }

    public bool HasLeft { get; private set; }

    /// <summary>How long it took to leave.</summary>
    public TimeSpan Leaving { get; private set; }

    public bool Works => !Process.IsDead && !HasLeft && !IsDraining;

    public void Stop() => Process.After(TimeSpan.Zero, () =>
    {
        Process.Loop.Tell(Process.Name, "is told to stop");
        IsDraining = true;
        _stop.Cancel();
    });

    public void Drain() => Process.After(TimeSpan.Zero, () =>
    {
        Process.Loop.Tell(Process.Name, "is told to drain");
        IsDraining = true;
        Silo.Drain();
    });

    private async Task RunAsync()
    {
        long stopped = 0;
        using (_stop.Token.Register(() => stopped = Process.Loop.Now))
            await Silo.RunAsync(_stop.Token).ConfigureAwait(false);
        Leaving = TimeSpan.FromTicks(Process.Loop.Now - stopped);
        HasLeft = true;
        Process.Loop.Tell(Process.Name, $"has left after {Leaving.TotalSeconds:F1} s");
        // The process ends here, with whatever work did not stop.
        Connection.Close();
        Process.Kill();
    }
}
