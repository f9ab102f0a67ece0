using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>
/// A channel that is made when it is wanted, and made again after an error has closed it; one caller at a time.
/// <para>No call is ever cancelled half-way: the client would take its answer for that of the next. A caller who is cancelled
/// leaves, and the call goes on to its end; one that is not answered in time ends the connection.</para>
/// </summary>
/// <param name="link">The connection.</param>
/// <param name="failures">Says what failed.</param>
/// <param name="kind">What the channel is to do about confirmations.</param>
/// <param name="opened">Called for each new channel before anything else is done with it.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing, and callers may be within when the broker is closed.")]
internal sealed class LinkChannel(BrokerLink link, BrokerFailures failures, CreateChannelOptions? kind = null, Func<IChannel, Task>? opened = null)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IChannel? _channel;
    private bool _isClosed;

    /// <summary>Does something with the channel.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="what">Such as <c>make the queue x</c>, for failures.</param>
    /// <param name="action">What to do.</param>
    /// <param name="cancellation">Has the caller leave.</param>
    /// <returns>What came of it.</returns>
    public Task<T> DoAsync<T>(string what, Func<IChannel, Task<T>> action, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Task<T> doing = DoInTurnAsync(what, action);
        _ = doing.ContinueWith(static d => d.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return doing.WaitAsync(cancellation);
    }

    /// <summary>The open channel.</summary>
    /// <returns>The channel, made if there was none.</returns>
    public async Task<IChannel> OpenAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            return await OpenInTurnAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw failures.Doing("open a channel", failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Closes the channel for good; whoever comes later meets <see cref="ObjectDisposedException"/>.</summary>
    /// <returns>When it is closed.</returns>
    public async Task CloseAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            _isClosed = true;
            await DropAsync().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<T> DoInTurnAsync<T>(string what, Func<IChannel, Task<T>> action)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        IConnection? connection = null;
        try
        {
            connection = await link.ConnectionAsync(CancellationToken.None).ConfigureAwait(false);
            return await action(await OpenInTurnAsync().ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException late)
        {
            if (connection is not null)
                await link.GiveUpAsync(connection, $"it did not {what} in time").ConfigureAwait(false);
            throw failures.Doing(what, late);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !BrokerFailures.IsMissing(failure) && !(_isClosed && failure is ObjectDisposedException))
        {
            throw failures.Doing(what, failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<IChannel> OpenInTurnAsync()
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (_channel is { IsOpen: true } open)
            return open;
        await DropAsync().ConfigureAwait(false);
        IConnection connection = await link.ConnectionAsync(CancellationToken.None).ConfigureAwait(false);
        IChannel made = await connection.CreateChannelAsync(kind).ConfigureAwait(false);
        if (opened is not null)
            await opened(made).ConfigureAwait(false);
        return _channel = made;
    }

    private async Task DropAsync()
    {
        if (_channel is not { } old)
            return;
        _channel = null;
        try
        {
            if (old.IsOpen)
                await old.CloseAsync().ConfigureAwait(false);
            await old.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is RabbitMQClientException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // It was closed already.
        }
    }
}
