using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.RabbitMq.Broker;

/// <summary>
/// A connection that is made again whenever it is lost. The client's own recovery is off: it would bring back channels under
/// the hands of deliveries that the broker has long given to others.
/// </summary>
internal sealed class BrokerLink : IAsyncDisposable
{
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_waitWhereRefused = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_patienceWithPartings = TimeSpan.FromSeconds(2);

    // The most that a broker lets through. With the client's own bound, a larger message would end the connection, and with it
    // every grain of this silo, over and over: what is too large is to be taken, and set aside.
    private const uint LargestBody = 512 << 20;

    private readonly BrokerOptions _options;
    private readonly BrokerFailures _failures;
    private readonly string _purpose;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keeping;
    private volatile TaskCompletionSource<IConnection> _attempt = NewAttempt();
    private volatile IConnection? _current;

    public BrokerLink(BrokerOptions options, string purpose, Action<string> log)
    {
        _options = options;
        _failures = new BrokerFailures(options);
        _purpose = purpose;
        _log = log;
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>The connection, where there is one now.</summary>
    public IConnection? Current => _current is { IsOpen: true } open ? open : null;

    /// <summary>Waits for the attempt that is under way, if any.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>A connection.</returns>
    /// <exception cref="SpatialClusterException">The last attempt failed.</exception>
    public async Task<IConnection> ConnectionAsync(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
        IConnection connection = await _attempt.Task.WaitAsync(cancellation).ConfigureAwait(false);
        return connection.IsOpen ? connection : throw new BrokerFailedException($"The connection to the broker {_options.Location} was lost just now; it is made again.");
    }

    /// <summary>Gives a connection up: it answers no more, or in a way that can no longer be told from something else.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="why">For the log.</param>
    /// <returns>When it is closed.</returns>
    public async Task GiveUpAsync(IConnection connection, string why)
    {
        if (connection.IsOpen)
            _log($"The connection to the broker {_options.Location} {_purpose} is closed and made anew: {why}.");
        await PartAsync(connection).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _keeping.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        TimeSpan wait = s_shortestWait;
        string? lastTrouble = null;
        bool wasConnected = false;
        while (!_stop.IsCancellationRequested)
        {
            IConnection connection;
            var lost = new TaskCompletionSource<ShutdownEventArgs>(TaskCreationOptions.RunContinuationsAsynchronously);
            try
            {
                connection = await OpenAsync(lost).ConfigureAwait(false);
            }
            catch (SpatialClusterException failure)
            {
                // Whoever begins with wrong settings is told so; one that worked with them is not stopped while somebody mends the broker's.
                bool isPermanent = failure.Kind == FailureKind.BadInput;
                SpatialClusterException told = isPermanent && wasConnected ? new BrokerFailedException(failure.Message, failure) : failure;
                _attempt.TrySetException(told);
                _ = _attempt.Task.Exception;
                if (isPermanent || failure.Message != lastTrouble)
                    _log(failure.Message);
                lastTrouble = failure.Message;
                if (!await PauseAsync(isPermanent ? s_waitWhereRefused : wait * (0.8 + (0.4 * Random.Shared.NextDouble()))).ConfigureAwait(false))
                    break;
                wait = wait * 2 < s_longestWait ? wait * 2 : s_longestWait;
                _attempt = NewAttempt();
                continue;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            wait = s_shortestWait;
            if (wasConnected || lastTrouble is not null)
                _log($"The connection to the broker {_options.Location} {_purpose} is there again.");
            wasConnected = true;
            lastTrouble = null;
            _current = connection;
            _attempt.TrySetResult(connection);
            try
            {
                ShutdownEventArgs reason = await lost.Task.WaitAsync(_stop.Token).ConfigureAwait(false);
                _attempt = NewAttempt();
                _current = null;
                ClusterTelemetry.BrokerLosses.Add(1);
                _log($"The connection to the broker {_options.Location} {_purpose} was lost ({reason.ReplyText}); it is made again.");
            }
            catch (OperationCanceledException)
            {
            }

            _current = null;
            await PartAsync(connection).ConfigureAwait(false);
        }

        _attempt.TrySetException(new ObjectDisposedException(nameof(BrokerLink)));
        _ = _attempt.Task.Exception;
    }

    private async Task<IConnection> OpenAsync(TaskCompletionSource<ShutdownEventArgs> lost)
    {
        var certificate = new BrokerCertificate(_options);
        var factory = new ConnectionFactory
        {
            HostName = _options.Host,
            Port = _options.Port,
            VirtualHost = _options.VirtualHost,
            UserName = _options.Credentials.User,
            Password = _options.Credentials.Password,
            Ssl = certificate.Option(),
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = _options.Heartbeat,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
            HandshakeContinuationTimeout = TimeSpan.FromSeconds(10),
            ContinuationTimeout = _options.Patience,
            MaxInboundMessageBodySize = LargestBody,
            ClientProvidedName = $"spatialcluster {_purpose} ({Environment.MachineName}, {Environment.ProcessId})",
        };
        try
        {
            IConnection connection = await factory.CreateConnectionAsync(_stop.Token).ConfigureAwait(false);
            connection.ConnectionShutdownAsync += (_, reason) =>
            {
                lost.TrySetResult(reason);
                return Task.CompletedTask;
            };
            connection.ConnectionBlockedAsync += (_, blocked) =>
            {
                _log($"The broker {_options.Location} takes no messages for now ({blocked.Reason}); give it memory or space.");
                return Task.CompletedTask;
            };
            try
            {
                // The client does not wait for the broker's word on the virtual host: only an answer on a channel shows that we are in.
                await using IChannel _ = await connection.CreateChannelAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false);
            }
            catch
            {
                await PartAsync(connection).ConfigureAwait(false);
                throw;
            }

            if (!connection.IsOpen && connection.CloseReason is { } gone)
                lost.TrySetResult(gone);
            return connection;
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            throw _failures.Connecting(failure, certificate.Trouble);
        }
    }

    private async Task<bool> PauseAsync(TimeSpan time)
    {
        try
        {
            await Task.Delay(time, _stop.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    // A peer that is gone answers no farewell: after a while it is left without.
    private static async Task PartAsync(IConnection connection)
    {
        try
        {
            await connection.AbortAsync(s_patienceWithPartings).WaitAsync(s_patienceWithPartings * 2).ConfigureAwait(false);
            await connection.DisposeAsync().AsTask().WaitAsync(s_patienceWithPartings).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is not OutOfMemoryException)
        {
            // It is closed or it is not; nothing more can be done about it, and nobody uses it any more.
        }
    }

    private static TaskCompletionSource<IConnection> NewAttempt() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
