using System.Collections.Immutable;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>
/// Hears a store's events and passes them to whoever listens here. All listeners of a process share one queue, so that a
/// dashboard with many viewers costs the broker no more than one; it is made again after each loss of the connection.
/// </summary>
internal sealed class EventListener(BrokerLink link, string scope, Action<string> log) : IAsyncDisposable
{
    private const int MostWaiting = 10_000;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(0.5);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private ImmutableArray<Action<ClusterEvent>> _listeners = [];
    private Task? _listening;

    public IDisposable Listen(Action<ClusterEvent> heard)
    {
        // Each call is a listener of its own, though the same method listens twice.
        void Hear(ClusterEvent happened) => heard(happened);
        Action<ClusterEvent> listener = Hear;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            _listeners = _listeners.Add(listener);
            _listening ??= Task.Run(KeepListeningAsync);
        }

        return new Ending(() =>
        {
            lock (_lock)
                _listeners = _listeners.Remove(listener);
        });
    }

    public async ValueTask DisposeAsync()
    {
        Task? listening;
        lock (_lock)
        {
            if (_stop.IsCancellationRequested)
                return;
            _stop.Cancel();
            _listeners = [];
            listening = _listening;
        }

        if (listening is not null)
            await listening.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task KeepListeningAsync()
    {
        string? lastTrouble = null;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ListenUntilLostAsync().ConfigureAwait(false);
                lastTrouble = null;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                if (_stop.IsCancellationRequested)
                    return;
                if (link.Current is not null && failure.Message != lastTrouble)
                    log($"The events of the cluster are not heard ({failure.Message}); it is tried again.");
                lastTrouble = failure.Message;
            }

            await Task.Delay(s_pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenUntilLostAsync()
    {
        IConnection connection = await link.ConnectionAsync(_stop.Token).ConfigureAwait(false);
        IChannel channel = await connection.CreateChannelAsync().ConfigureAwait(false);
        try
        {
            var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            channel.ChannelShutdownAsync += (_, _) =>
            {
                lost.TrySetResult();
                return Task.CompletedTask;
            };
            string exchange = QueueNames.Events(scope), queue = QueueNames.Listener(scope);
            await EventTeller.DeclareAsync(channel, exchange).ConfigureAwait(false);
            var bounds = new Dictionary<string, object?> { ["x-max-length"] = MostWaiting, ["x-overflow"] = "drop-head" };
            await channel.QueueDeclareAsync(queue, durable: false, exclusive: true, autoDelete: true, bounds).ConfigureAwait(false);
            await channel.QueueBindAsync(queue, exchange, routingKey: "").ConfigureAwait(false);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) =>
            {
                Hear(delivery.Body.Span);
                return Task.CompletedTask;
            };
            // The queue was deleted by somebody: begin anew.
            consumer.UnregisteredAsync += (_, _) =>
            {
                lost.TrySetResult();
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue, autoAck: true, consumer).ConfigureAwait(false);
            if (channel.IsOpen)
                await lost.Task.WaitAsync(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            if (connection.IsOpen)
                await channel.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void Hear(ReadOnlySpan<byte> body)
    {
        if (ClusterEvent.Parse(body) is not { } happened)
            return;
        foreach (Action<ClusterEvent> listener in _listeners)
        {
            try
            {
                listener(happened);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                // One listener's fault must not keep the event from the others.
                log($"A listener failed at an event of the cluster: {failure.Message}");
            }
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
