using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>A message that was taken on a channel, and is ours as long as the channel is open.</summary>
/// <param name="channel">The channel.</param>
/// <param name="tag">What the broker calls it there.</param>
/// <param name="message">The message.</param>
/// <param name="redelivered">Whether somebody took it before.</param>
/// <param name="settled">Told once, when it is acknowledged or given back.</param>
/// <param name="lost">Cancelled when the channel is gone.</param>
internal sealed class RabbitDelivery(IChannel channel, ulong tag, GrainMessage message, bool redelivered, Action settled, CancellationToken lost) : IWorkDelivery
{
    private int _settled;

    public GrainMessage Message => message;

    public bool Redelivered => redelivered;

    public CancellationToken Lost => lost;

    public Task AcknowledgeAsync() => SettleAsync(() => channel.BasicAckAsync(tag, multiple: false));

    /// <summary>Gives it back unread; others get it as redelivered.</summary>
    /// <returns>When it is sent.</returns>
    internal Task ReturnAsync() => SettleAsync(() => channel.BasicNackAsync(tag, multiple: false, requeue: true));

    // Once at most: a second time is an error that would close the channel, with all its other deliveries.
    private async Task SettleAsync(Func<ValueTask> settle)
    {
        if (Interlocked.Exchange(ref _settled, 1) != 0)
            return;
        try
        {
            if (!lost.IsCancellationRequested)
                await settle().ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is RabbitMQClientException or IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The connection went while it was sent: the broker gives the message out again.
        }
        finally
        {
            settled();
        }
    }
}
