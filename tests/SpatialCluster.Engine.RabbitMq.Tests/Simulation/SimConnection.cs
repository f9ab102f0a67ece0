using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>The broker as one process sees it.</summary>
internal sealed class SimConnection : IWorkBroker
{
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(20);

    private readonly SimProcess _process;
    private readonly SimBroker _broker;
    private readonly SimLoop _loop;
    private readonly List<Action<ClusterEvent>> _listeners = [];
    private SimSession? _session;

    public SimConnection(SimProcess process, SimBroker broker)
    {
        (_process, _broker, _loop) = (process, broker, broker.Loop);
        broker.Connections.Add(this);
        _session = new SimSession();
        process.Died += () => BrokerDrops(_loop.Between(0, 0.5));
        process.Froze += () =>
        {
            // The broker hears no heartbeat of a frozen process; the process finds that out when it is thawed.
            SimSession? session = _session;
            _loop.After(s_silence + _loop.Between(0, 10), null, () =>
            {
                if (process.IsFrozen && session is not null && session == _session)
                    Drop(session);
            });
        };
        process.Thawed += () =>
        {
            if (_session is { IsOver: true } over)
                process.After(_loop.Between(0, 2), () => Notice(over));
        };
    }

    public string Location => "the simulated broker";

    public bool IsConnected => _session is not null;

    public Task DeclareAsync(string queue, CancellationToken cancellation) => Call("declare " + queue, _ =>
    {
        _broker.Queues.TryAdd(queue, []);
        return true;
    });

    public Task DeleteAsync(string queue, CancellationToken cancellation) => Call("remove " + queue, _ => _broker.Queues.Remove(queue));

    public Task PublishAsync(string queue, GrainMessage message, CancellationToken cancellation) => Call("publish to " + queue, _ =>
    {
        if (!_broker.Queues.ContainsKey(queue))
            throw new BrokerFailedException($"There is no queue {queue}.");
        _broker.Put(queue, message);
        if (_loop.Chance(_broker.Faults.BrokerDuplicates))
            _broker.Put(queue, message);
        if (_loop.Chance(_broker.Faults.BrokerLosesConfirmations))
            throw new BrokerFailedException("No confirmation came.");
        return true;
    });

    public Task<IWorkDelivery?> TryTakeAsync(string queue, CancellationToken cancellation) => Call<IWorkDelivery?>("", session =>
    {
        if (!_broker.Queues.TryGetValue(queue, out LinkedList<SimMessage>? waiting) || waiting.First is not { } first)
            return null;
        waiting.RemoveFirst();
        first.Value.Home = waiting;
        session.Taken.Add(first.Value);
        _broker.Handed.Add((_process.Name, first.Value.Body));
        _loop.Tell(_process.Name, $"takes from {queue}{(first.Value.Redelivered ? " again" : "")}");
        return new SimDelivery(this, session, first.Value);
    });

    public Task<long?> WaitingAsync(string queue, CancellationToken cancellation) =>
        Call("", _ => _broker.Queues.TryGetValue(queue, out LinkedList<SimMessage>? waiting) ? (long?)waiting.Count : null);

    public void Tell(ClusterEvent happened)
    {
        if (_session is not null && !_process.IsDead)
            _loop.After(_loop.Between(0.001, 0.02), null, () => _broker.Tell(happened));
    }

    public IDisposable Listen(Action<ClusterEvent> heard)
    {
        _listeners.Add(heard);
        return new Listening(() => _listeners.Remove(heard));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void Hear(ClusterEvent happened)
    {
        if (_session is null || _listeners.Count == 0 || _loop.Chance(_broker.Faults.BrokerLosesEvents))
            return;
        _process.After(_loop.Between(0.001, 0.02), () =>
        {
            foreach (Action<ClusterEvent> heard in _listeners.ToArray())
                heard(happened);
        });
    }

    public void Acknowledge(SimSession session, SimMessage message)
    {
        if (session.Lost.IsCancellationRequested || _process.IsDead)
            return;
        _loop.After(_loop.Between(0.001, 0.02), null, () =>
        {
            if (!session.IsOver)
                session.Taken.Remove(message);
        });
    }

    /// <summary>The connection breaks; either end may notice first.</summary>
    public void Cut()
    {
        if (_session is not { } session || _process.IsDead)
            return;
        _loop.Tell(_process.Name, "loses its connection");
        bool slowly = !_broker.Faults.BrokerIsAway && _loop.Chance(0.3);
        _process.After(slowly ? _loop.Between(0, 20) : _loop.Between(0, 0.1), () => Notice(session));
        BrokerDrops(slowly ? _loop.Between(0, 20) : _broker.Faults.BrokerIsAway ? TimeSpan.Zero : _loop.Between(0, 0.1));
    }

    /// <summary>An orderly end of the process.</summary>
    public void Close()
    {
        if (_session is { } session)
            Drop(session);
        _broker.Connections.Remove(this);
    }

    private void BrokerDrops(TimeSpan after)
    {
        if (_session is not { } session)
            return;
        if (after <= TimeSpan.Zero)
            Drop(session);
        else
            _loop.After(after, null, () => Drop(session));
    }

    private void Drop(SimSession session)
    {
        if (session.IsOver)
            return;
        session.IsOver = true;
        for (int i = session.Taken.Count - 1; i >= 0; i--)
            _broker.Return(session.Taken[i]);
        session.Taken.Clear();
    }

    private void Notice(SimSession session)
    {
        if (session != _session)
            return;
        _loop.Tell(_process.Name, "notices that its connection is lost");
        _session = null;
        session.Lost.Cancel();
        _process.After(_loop.Between(0.2, 4), Connect);
    }

    private void Connect()
    {
        if (_broker.Faults.BrokerIsAway)
        {
            _process.After(_loop.Between(0.2, 4), Connect);
            return;
        }

        _session = new SimSession();
        _loop.Tell(_process.Name, "is connected again");
    }

    private Task<T> Call<T>(string what, Func<SimSession, T> effect)
    {
        if (_process.IsDead)
            return new TaskCompletionSource<T>().Task;
        SimSession? session = _session;
        var done = new TaskCompletionSource<T>();
        _loop.After(_loop.Between(0.001, 0.02), null, () =>
        {
            T result = default!;
            BrokerFailedException? failure = null;
            if (session is null || session.IsOver || _broker.Faults.BrokerIsAway)
            {
                failure = new BrokerFailedException("There is no connection to the simulated broker.");
            }
            else
            {
                try
                {
                    result = effect(session);
                }
                catch (BrokerFailedException refusal)
                {
                    failure = refusal;
                }
            }

            if (what.Length > 0 || failure is not null)
                _loop.Tell(_process.Name, $"{what} {failure?.Message}");
            _process.After(_loop.Between(0.001, 0.02), () =>
            {
                if (failure is null && session == _session)
                    done.TrySetResult(result);
                else
                    done.TrySetException(failure ?? new BrokerFailedException("The connection was lost."));
            });
        });
        return done.Task;
    }

    private sealed class Listening(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
