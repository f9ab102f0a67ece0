using RabbitMQ.Client;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>
/// Takes from one queue, on a channel of its own. The broker answers an error, such as a queue that is not there, by closing the
/// channel, and gives whatever was delivered on it to others. So no two queues share a channel: an error of one costs the
/// deliveries of that one alone, and where it is gone, those were gone with it. For the same reason nothing else is done on it.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing, and deliveries outlive the channel.")]
internal sealed class QueueTaker
{
    // A queue without a leader, as after a crash of the broker, answers nothing, and each time that costs the connection with
    // the deliveries of all queues. So it is asked seldom, and soon not at all.
    private static readonly TimeSpan s_restOfTheSilent = TimeSpan.FromSeconds(15);

    private const int MostSilences = 2;

    // In one go; the rest when it is asked again.
    private const int MostRefused = 100;

    private readonly string _queue;
    private readonly LinkChannel _channel;
    private readonly Action<string> _log;
    private CancellationTokenSource _lost = new();
    private long _leftAloneUntil = long.MinValue;
    private long _asked = Environment.TickCount64;
    private int _held;
    private volatile int _silences;

    public QueueTaker(string queue, BrokerLink link, BrokerFailures failures, Action<string> log)
    {
        _queue = queue;
        _log = log;
        _channel = new LinkChannel(link, failures, opened: WatchAsync);
    }

    /// <summary>Whether the queue did not answer when it was last asked.</summary>
    public bool IsSilent => _silences > 0;

    /// <summary>Whether the queue did not answer time and again, while the broker let us in between: it will not.</summary>
    public bool IsHopeless => _silences >= MostSilences;

    /// <summary>Whether nobody asked the queue for so long, and nothing that was taken from it waits to be acknowledged.</summary>
    /// <param name="time">The time.</param>
    public bool IsUnused(TimeSpan time) => Volatile.Read(ref _held) == 0 && Environment.TickCount64 - Volatile.Read(ref _asked) > time.TotalMilliseconds;

    /// <summary>Takes the first message.</summary>
    /// <param name="cancellation">Has the caller leave; what is taken then goes back.</param>
    /// <returns>Whether the queue is there, and the message.</returns>
    public async Task<(bool IsThere, IWorkDelivery? Delivery)> TakeAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Volatile.Write(ref _asked, Environment.TickCount64);
        if (Environment.TickCount64 < Volatile.Read(ref _leftAloneUntil))
            throw new BrokerFailedException($"The queue {_queue} did not answer a moment ago, and is left alone for a while; where it stays so, it is made anew.");
        Task<RabbitDelivery?> taking = _channel.DoAsync($"give a message of the queue {_queue}", TakeAsync, CancellationToken.None);
        try
        {
            return (true, await taking.WaitAsync(cancellation).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _ = GiveBackAsync(taking);
            throw;
        }
        catch (Exception missing) when (BrokerFailures.IsMissing(missing) || missing is ObjectDisposedException)
        {
            // Not there, or another caller found so a moment ago.
            return (false, null);
        }
    }

    /// <summary>Closes the channel; what was delivered on it is lost.</summary>
    /// <returns>When it is closed.</returns>
    public Task CloseAsync() => _channel.CloseAsync();

    // Those that are none of ours, however many, must not hold up those behind them.
    private async Task<RabbitDelivery?> TakeAsync(IChannel channel)
    {
        CancellationToken lost = _lost.Token;
        for (int refused = 0; refused < MostRefused; refused++)
        {
            if (await GetAsync(channel).ConfigureAwait(false) is not { } got)
                return null;
            try
            {
                var delivery = new RabbitDelivery(channel, got.DeliveryTag, GrainMessage.Parse(got.Body.Span), got.Redelivered, () => Interlocked.Decrement(ref _held), lost);
                Interlocked.Increment(ref _held);
                return delivery;
            }
            catch (BadInputException damage)
            {
                // Refused, it goes to the dead by the broker's own hand, with a note of the queue: no moment in which it is in both or neither.
                await channel.BasicRejectAsync(got.DeliveryTag, requeue: false).ConfigureAwait(false);
                _log($"A message of {got.Body.Length} bytes in the queue {_queue} is none of this program, and is set aside in {QueueNames.Dead}: {damage.Message}");
            }
        }

        return null;
    }

    private async Task<BasicGetResult?> GetAsync(IChannel channel)
    {
        try
        {
            BasicGetResult? got = await channel.BasicGetAsync(_queue, autoAck: false).ConfigureAwait(false);
            _silences = 0;
            return got;
        }
        catch (OperationCanceledException)
        {
            // Nobody cancels it: no answer came.
            _silences++;
            Volatile.Write(ref _leftAloneUntil, Environment.TickCount64 + (long)s_restOfTheSilent.TotalMilliseconds);
            throw;
        }
    }

    private static async Task GiveBackAsync(Task<RabbitDelivery?> taking)
    {
        try
        {
            if (await taking.ConfigureAwait(false) is { } delivery)
                await delivery.ReturnAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SpatialClusterException or ObjectDisposedException || BrokerFailures.IsMissing(failure))
        {
            // Nobody waits for it any more, and nothing was taken.
        }
    }

    private Task WatchAsync(IChannel channel)
    {
        var lost = new CancellationTokenSource();
        _lost = lost;
        // What listens to the token runs elsewhere: the client's own thread must read on.
        channel.ChannelShutdownAsync += (_, _) =>
        {
            _ = lost.CancelAsync();
            return Task.CompletedTask;
        };
        if (!channel.IsOpen)
            _ = lost.CancelAsync();
        return Task.CompletedTask;
    }
}
