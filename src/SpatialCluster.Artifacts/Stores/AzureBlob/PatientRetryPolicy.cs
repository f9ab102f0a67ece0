using System.Net.Sockets;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>Tries requests again for a time rather than for a number of times, since what counts is how long a store is away.</summary>
internal sealed class PatientRetryPolicy(AzureBlobOptions options)
    : RetryPolicy(maxRetries: 10_000, DelayStrategy.CreateExponentialDelayStrategy(options.FirstPause, options.LongestPause))
{
    private volatile bool _hasAnswered;

    /// <summary>Whether the store has ever answered.</summary>
    public bool HasAnswered => _hasAnswered;

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) => IsWorthwhile(message, exception) && base.ShouldRetry(message, exception);

    protected override ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsWorthwhile(message, exception) ? base.ShouldRetryAsync(message, exception) : ValueTask.FromResult(false);

    private bool IsWorthwhile(HttpMessage message, Exception? exception)
    {
        // Any answer shows that the location is right.
        if (exception is null && message.HasResponse)
            _hasAnswered = true;
        if (exception is not null || message.Response.Status >= 500)
            SendCount.Failed(message);
        // A name that nobody knows is a mistake, unless it was known before.
        if (!_hasAnswered && AzureBlobErrors.SocketErrorOf(exception) == SocketError.HostNotFound)
            return false;
        TimeSpan patience = _hasAnswered ? options.Patience : options.OpenPatience;
        return DateTimeOffset.UtcNow - message.ProcessingContext.StartTime < patience;
    }
}
