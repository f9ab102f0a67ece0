using System.Collections.Immutable;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Broker;

/// <summary>A client of <see cref="MemoryBrokerServer"/>.</summary>
public sealed class MemoryBroker : IWorkBroker
{
    private readonly MemoryBrokerServer _server;
    private ImmutableList<Action<ClusterEvent>> _listeners = [];

    internal MemoryBroker(MemoryBrokerServer server) => _server = server;

    public string Location => "memory";

    public bool IsConnected => _server.IsReachable(this);

    internal HashSet<MemoryDelivery> Unacknowledged { get; } = [];

    internal CancellationTokenSource LostSource { get; private set; } = new();

    internal bool IsHeldOff { get; private set; }

    /// <summary>Loses the connection; it is there again at once.</summary>
    public void Cut() => _server.Cut(this);

    /// <summary>Loses the connection, and makes none until <see cref="Rejoin"/>.</summary>
    public void HoldOff()
    {
        IsHeldOff = true;
        _server.Cut(this);
    }

    public void Rejoin() => IsHeldOff = false;

    public Task DeclareAsync(string queue, CancellationToken cancellation) => Do(() => _server.Declare(this, queue), cancellation);

    public Task DeleteAsync(string queue, CancellationToken cancellation) => Do(() => _server.Delete(this, queue), cancellation);

    public Task PublishAsync(string queue, GrainMessage message, CancellationToken cancellation) => Do(() => _server.Publish(this, queue, message), cancellation);

    public async Task<IWorkDelivery?> TryTakeAsync(string queue, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await Task.Yield();
        return _server.TryTake(this, queue);
    }

    public async Task<long?> WaitingAsync(string queue, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await Task.Yield();
        return _server.Waiting(this, queue);
    }

    public void Tell(ClusterEvent happened) => _server.Tell(this, happened);

    public IDisposable Listen(Action<ClusterEvent> heard)
    {
        var listener = new Action<ClusterEvent>(happened => heard(happened));
        ImmutableInterlocked.Update(ref _listeners, (all, one) => all.Add(one), listener);
        return new Ending(() => ImmutableInterlocked.Update(ref _listeners, (all, one) => all.Remove(one), listener));
    }

    public ValueTask DisposeAsync()
    {
        _server.Leave(this);
        return ValueTask.CompletedTask;
    }

    internal CancellationTokenSource Renew()
    {
        CancellationTokenSource old = LostSource;
        LostSource = new CancellationTokenSource();
        return old;
    }

    internal void Hear(ClusterEvent happened)
    {
        foreach (Action<ClusterEvent> listener in _listeners)
            listener(happened);
    }

    private static async Task Do(Action action, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await Task.Yield();
        action();
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
