using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Silo.Tests;

/// <summary>An engine that does what a test says.</summary>
internal sealed class FakeSiloEngine : ISiloEngine
{
    private readonly TaskCompletionSource _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "fake";

    public bool IsReady => Trouble is null;

    public string? Trouble { get; set; }

    public IReadOnlyList<DeviceReport> Devices { get; set; } = [new DeviceReport("cpu:0", "cpu", 1) { Grain = "slice/1" }, new DeviceReport("cpu:1", "cpu", 1), new DeviceReport("io:0", "io", 1)];

    public IReadOnlyDictionary<Lane, long> Waiting { get; set; } = new Dictionary<Lane, long> { [Lane.Cpu] = 7, [Lane.Io] = 0 };

    /// <summary>Done when the engine runs.</summary>
    public Task Running => _running.Task;

    /// <summary>Whether it was stopped, and gave back.</summary>
    public bool GaveBack { get; private set; }

    /// <summary>What it does when it runs; by default it waits to be stopped.</summary>
    public Func<CancellationToken, Task>? Work { get; init; }

    public SiloBeacon Beacon => new()
    {
        Id = "fake-1",
        Machine = "machine",
        Program = "0",
        Engine = Name,
        State = SiloState.Ready,
        Started = DateTimeOffset.UnixEpoch,
        Said = DateTimeOffset.UnixEpoch,
        MemoryLimit = 1 << 30,
        Codes = [],
        Devices = Devices,
    };

    public async Task RunAsync(CancellationToken stop)
    {
        _running.SetResult();
        if (Work is { } work)
            await work(stop);
        else
            await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        GaveBack = true;
    }

    public void Drain()
    {
    }

    public IDisposable Listen(Action<ClusterEvent> heard) => new MemoryStream();

    public void TellCancelled(string campaign)
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
