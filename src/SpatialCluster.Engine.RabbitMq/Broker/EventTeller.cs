using System.Threading.Channels;
using RabbitMQ.Client;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>Sends events to a store's exchange, from a short queue of its own: who tells never waits, and the oldest are dropped first.</summary>
internal sealed class EventTeller : IAsyncDisposable
{
    private const int MostWaiting = 1024;

    private readonly Channel<ClusterEvent> _waiting = Channel.CreateBounded<ClusterEvent>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly BrokerLink _link;
    private readonly LinkChannel _channel;
    private readonly string _exchange;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;

    public EventTeller(BrokerLink link, BrokerFailures failures, string exchange)
    {
        _link = link;
        _exchange = exchange;
        _channel = new LinkChannel(link, failures, opened: channel => DeclareAsync(channel, exchange));
        _sending = Task.Run(SendAsync);
    }

    public void Tell(ClusterEvent happened) => _waiting.Writer.TryWrite(happened);

    /// <summary>Makes the exchange of a store's events, which lives no longer than the broker runs.</summary>
    public static Task DeclareAsync(IChannel channel, string exchange) => channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: false, autoDelete: false);

    public async ValueTask DisposeAsync()
    {
        // What was told last, such as that a silo leaves, is sent if that takes no time.
        _waiting.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(1));
        await _sending.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        try
        {
            await foreach (ClusterEvent happened in _waiting.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
            {
                if (_link.Current is null)
                    continue;
                try
                {
                    await _channel.DoAsync(
                        "tell an event",
                        async channel =>
                        {
                            await channel.BasicPublishAsync(_exchange, routingKey: "", happened.ToJson()).ConfigureAwait(false);
                            return true;
                        },
                        _stop.Token).ConfigureAwait(false);
                }
                catch (Exception failure) when (failure is not (OperationCanceledException or OutOfMemoryException))
                {
                    // Events may be lost. What is wrong with the broker is told by what must not be lost.
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
        }
    }
}
