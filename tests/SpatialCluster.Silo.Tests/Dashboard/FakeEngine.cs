using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Silo.Tests.Dashboard;

/// <summary>An engine that says what a test has it say.</summary>
public sealed class FakeEngine : ISiloEngine
{
    private readonly List<Action<ClusterEvent>> _listeners = [];

    public string Name => "fake";

    public bool IsReady => true;

    public string? Trouble => null;

    public SiloBeacon Beacon => throw new NotSupportedException("Nobody asks for it.");

    public IReadOnlyDictionary<Lane, long> Waiting { get; } = new Dictionary<Lane, long>();

    public List<string> Cancelled { get; } = [];

    public Task RunAsync(CancellationToken stop) => Task.CompletedTask;

    public void Drain()
    {
    }

    public IDisposable Listen(Action<ClusterEvent> heard)
    {
        _listeners.Add(heard);
        return new Ending(() => _listeners.Remove(heard));
    }

    public void Say(ClusterEvent said) => _listeners.ForEach(heard => heard(said));

    public void TellCancelled(string campaign) => Cancelled.Add(campaign);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
