using System.Collections.Concurrent;
using RabbitMQ.Client;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>
/// RabbitMQ. Two connections, because a broker that is short of memory or disk stops reading from those that publish: what is
/// taken and acknowledged, and the heartbeats that keep it ours, must go on then. Each is made again when it is lost.
/// </summary>
public sealed class RabbitBroker : IWorkBroker
{
    // Far beyond what silos that come and go bring about: a closed connection counts as much as a message that kills its taker,
    // which the store counts better. Only what would go round for ever ends with the dead.
    private const int MostDeliveries = 100;
    private const int MostDead = 100_000;

    // A queue that no silo asked for a week belongs to nobody, in milliseconds. Should one come back, what is ready is published again.
    private const int UnusedFor = 7 * 24 * 60 * 60 * 1000;

    private static readonly TimeSpan s_unusedFor = TimeSpan.FromSeconds(60);

    private readonly BrokerFailures _failures;
    private readonly Action<string> _log;
    private readonly BrokerLink _taking;
    private readonly BrokerLink _publishing;
    private readonly LinkChannel _asking;
    private readonly WorkPublisher _publisher;
    private readonly EventTeller _teller;
    private readonly EventListener _listener;
    private readonly ConcurrentDictionary<string, QueueTaker> _takers = new(StringComparer.Ordinal);
    private IConnection? _hasDead;
    private long _cleared;
    private int _isDisposed;

    /// <summary>Begins to connect, and returns at once.</summary>
    /// <param name="options">Where the broker is.</param>
    /// <param name="scope">The store's identity: events of other stores are not heard.</param>
    /// <param name="log">Told, in sentences without credentials, of losses and what is set aside; null for nobody.</param>
    public RabbitBroker(BrokerOptions options, string scope, Action<string>? log = null)
    {
        Location = options.Location;
        _log = log ?? (_ => { });
        _failures = new BrokerFailures(options);
        _taking = new BrokerLink(options, "that takes", _log);
        _publishing = new BrokerLink(options, "that publishes", _log);
        _asking = new LinkChannel(_taking, _failures);
        _publisher = new WorkPublisher(_publishing, _failures, options.Patience);
        _teller = new EventTeller(_publishing, _failures, QueueNames.Events(scope));
        _listener = new EventListener(_taking, scope, _log);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public bool IsConnected => _taking.Current is not null && _publishing.Current is not null;

    /// <summary>Waits for the first attempts to connect, so that wrong settings are told before anything is begun.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is connected.</returns>
    /// <exception cref="BadInputException">User, password, virtual host, certificate or rights are wrong; trying again does not help.</exception>
    /// <exception cref="BrokerFailedException">The broker is away; it is tried again and again.</exception>
    public async Task ConnectAsync(CancellationToken cancellation)
    {
        await _taking.ConnectionAsync(cancellation).ConfigureAwait(false);
        await _publishing.ConnectionAsync(cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task DeclareAsync(string queue, CancellationToken cancellation) => _asking.DoAsync(
        $"make the queue {queue}",
        async channel =>
        {
            await DeclareDeadAsync().ConfigureAwait(false);
            var arguments = new Dictionary<string, object?>
            {
                ["x-queue-type"] = "quorum",
                ["x-delivery-limit"] = MostDeliveries,
                ["x-expires"] = UnusedFor,
                ["x-dead-letter-exchange"] = "",
                ["x-dead-letter-routing-key"] = QueueNames.Dead,
            };
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments).ConfigureAwait(false);
            return true;
        },
        cancellation);

    /// <inheritdoc/>
    public async Task DeleteAsync(string queue, CancellationToken cancellation)
    {
        await _asking.DoAsync($"delete the queue {queue}", channel => channel.QueueDeleteAsync(queue), cancellation).ConfigureAwait(false);
        if (_takers.TryGetValue(queue, out QueueTaker? taker))
            await DropAsync(queue, taker).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task PublishAsync(string queue, GrainMessage message, CancellationToken cancellation) => _publisher.PublishAsync(queue, message, cancellation);

    /// <inheritdoc/>
    public async Task<IWorkDelivery?> TryTakeAsync(string queue, CancellationToken cancellation)
    {
        await DropUnusedAsync().ConfigureAwait(false);
        QueueTaker taker = TakerOf(queue);
        if (taker.IsHopeless)
        {
            await RenewAsync(queue, taker, cancellation).ConfigureAwait(false);
            taker = TakerOf(queue);
        }

        (bool isThere, IWorkDelivery? delivery) = await taker.TakeAsync(cancellation).ConfigureAwait(false);
        if (!isThere)
            await DropAsync(queue, taker).ConfigureAwait(false);
        return delivery;
    }

    /// <inheritdoc/>
    public async Task<long?> WaitingAsync(string queue, CancellationToken cancellation)
    {
        // It would not answer this either, and that costs a connection.
        if (_takers.TryGetValue(queue, out QueueTaker? taker) && taker.IsSilent)
            throw new BrokerFailedException($"The queue {queue} does not answer, and is not counted.");
        try
        {
            return await _asking.DoAsync($"count the queue {queue}", async channel => (long)(await channel.QueueDeclarePassiveAsync(queue).ConfigureAwait(false)).MessageCount, cancellation).ConfigureAwait(false);
        }
        catch (Exception missing) when (BrokerFailures.IsMissing(missing))
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Tell(ClusterEvent happened) => _teller.Tell(happened);

    /// <inheritdoc/>
    public IDisposable Listen(Action<ClusterEvent> heard) => _listener.Listen(heard);

    /// <summary>Closes the connections; what was taken and not acknowledged is given to others.</summary>
    /// <returns>When they are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _teller.DisposeAsync().ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
        await _publishing.DisposeAsync().ConfigureAwait(false);
        await _taking.DisposeAsync().ConfigureAwait(false);
    }

    private QueueTaker TakerOf(string queue) => _takers.GetOrAdd(queue, name => new QueueTaker(name, _taking, _failures, _log));

    // After a crash a broker may have a queue that finds no leader for ever. What waited in it is lost; the store knows what is
    // ready, and whoever looks after a campaign in which nothing ends sends it again.
    private async Task RenewAsync(string queue, QueueTaker taker, CancellationToken cancellation)
    {
        _log($"The queue {queue} does not answer, as one that has no leader after a crash of the broker; it is made anew.");
        await DropAsync(queue, taker).ConfigureAwait(false);
        await DeleteAsync(queue, cancellation).ConfigureAwait(false);
        await DeclareAsync(queue, cancellation).ConfigureAwait(false);
    }

    // Whatever was taken from a queue that is gone, is gone: those who work on it learn so by the channel's end.
    private async Task DropAsync(string queue, QueueTaker taker)
    {
        if (_takers.TryRemove(KeyValuePair.Create(queue, taker)))
            await taker.CloseAsync().ConfigureAwait(false);
    }

    // A campaign's queues end with it, mostly by another's hand: their channels here would stay, and a connection has but 2,047.
    private async Task DropUnusedAsync()
    {
        long now = Environment.TickCount64, cleared = Volatile.Read(ref _cleared);
        if (now - cleared < s_unusedFor.TotalMilliseconds || Interlocked.CompareExchange(ref _cleared, now, cleared) != cleared)
            return;
        foreach ((string queue, QueueTaker taker) in _takers)
        {
            if (taker.IsUnused(s_unusedFor))
                await DropAsync(queue, taker).ConfigureAwait(false);
        }
    }

    // On a channel of its own: where there is a queue of that name with other bounds, somebody wanted them so, and the error
    // closes this channel alone.
    private async Task DeclareDeadAsync()
    {
        IConnection connection = await _taking.ConnectionAsync(CancellationToken.None).ConfigureAwait(false);
        if (ReferenceEquals(_hasDead, connection))
            return;
        await using IChannel channel = await connection.CreateChannelAsync().ConfigureAwait(false);
        try
        {
            var arguments = new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-max-length"] = MostDead };
            await channel.QueueDeclareAsync(QueueNames.Dead, durable: true, exclusive: false, autoDelete: false, arguments).ConfigureAwait(false);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException other) when (other.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
        {
            // It is there.
        }

        _hasDead = connection;
    }
}
