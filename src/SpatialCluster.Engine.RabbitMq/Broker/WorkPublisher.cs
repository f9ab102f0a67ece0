using System.Globalization;
using RabbitMQ.Client;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Engine.RabbitMq.Messages;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>
/// Publishes messages and waits for the broker's word on each, many at a time: callers need not wait for one another, and a
/// batch takes little longer than its last message.
/// </summary>
/// <param name="link">A connection on which nothing is taken: one that publishes may be held up by a broker that is short of memory or space.</param>
/// <param name="failures">Says what failed.</param>
/// <param name="patience">What is not confirmed in so long has failed.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing, and callers may be within when the broker is closed.")]
internal sealed class WorkPublisher(BrokerLink link, BrokerFailures failures, TimeSpan patience)
{
    // Enough to keep the broker busy; few enough that its words on them are looked up fast.
    private const int MostUnconfirmed = 256;

    // The bound on what is unconfirmed is ours: the client's would slow down long before it.
    private readonly LinkChannel _channel = new(link, failures, new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
    private readonly SemaphoreSlim _room = new(MostUnconfirmed, MostUnconfirmed);

    /// <summary>Publishes a message.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellation">Has the caller leave; the message may be there then or not.</param>
    /// <returns>When the broker has it safe.</returns>
    public async Task PublishAsync(string queue, GrainMessage message, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation).ConfigureAwait(false);
        Task publishing = PublishInRoomAsync(queue, message.ToJson());
        _ = publishing.ContinueWith(static p => p.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await publishing.WaitAsync(cancellation).ConfigureAwait(false);
    }

    private async Task PublishInRoomAsync(string queue, byte[] body)
    {
        string what = $"take a message into the queue {queue}";
        IConnection? connection = null;
        try
        {
            connection = await link.ConnectionAsync(CancellationToken.None).ConfigureAwait(false);
            IChannel channel = await _channel.OpenAsync().ConfigureAwait(false);
            var properties = new BasicProperties { Persistent = true, ContentType = "application/json" };
            await channel.BasicPublishAsync(exchange: "", routingKey: queue, mandatory: true, properties, body).AsTask().WaitAsync(patience).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            if (connection is not null)
                await link.GiveUpAsync(connection, $"a message was not confirmed within {patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s").ConfigureAwait(false);
            throw failures.Doing(what, late);
        }
        catch (Exception failure) when (failure is not (SpatialClusterException or OutOfMemoryException))
        {
            throw failures.Doing(what, failure);
        }
        finally
        {
            _room.Release();
        }
    }
}
