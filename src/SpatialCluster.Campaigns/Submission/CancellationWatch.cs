using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Submission;

/// <summary>Stops a running campaign when somebody, anywhere, asks for it in the store.</summary>
public sealed class CancellationWatch : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop;
    private readonly Task _watching;

    private CancellationWatch(CampaignStore campaigns, string id, TimeProvider clock, CancellationToken outer)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _watching = WatchAsync(campaigns, id, clock);
    }

    /// <summary>Cancelled when somebody asks, or when the outer token is.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Begins to watch.</summary>
    /// <param name="campaigns">The store.</param>
    /// <param name="id">The campaign.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellation">Another reason to stop.</param>
    /// <returns>The watch; disposing ends it.</returns>
    public static CancellationWatch Begin(CampaignStore campaigns, string id, TimeProvider clock, CancellationToken cancellation) =>
        new(campaigns, id, clock, cancellation);

    /// <summary>Ends it.</summary>
    /// <returns>When it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WatchAsync(CampaignStore campaigns, string id, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (!await IsCancelled(campaigns, id).ConfigureAwait(false))
                    continue;
                await _stop.CancelAsync().ConfigureAwait(false);
                return;
            }
        }
        catch (OperationCanceledException)
        {
            // The campaign ended first.
        }
    }

    private async Task<bool> IsCancelled(CampaignStore campaigns, string id)
    {
        try
        {
            return await campaigns.IsCancelledAsync(id, _stop.Token).ConfigureAwait(false);
        }
        catch (StoreFailedException)
        {
            // The grains meet the same failure and tell of it.
            return false;
        }
    }
}
