using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;

namespace SpatialCluster.Campaigns.Running;

/// <summary>
/// The right to work on a grain and to publish what comes of it, for one attempt. It is renewed while it is held; whoever finds
/// that another has taken it stops at once.
/// </summary>
public sealed class GrainLease : IAsyncDisposable
{
    private readonly GrainRecords _records;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _lost = new();
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _heartbeat;
    private GrainClaim _claim;
    private ArtifactTag _tag;

    private GrainLease(GrainRecords records, GrainKey key, GrainClaim claim, ArtifactTag tag, TimeProvider clock)
    {
        (_records, Key, _claim, _tag, _clock) = (records, key, claim, tag, clock);
        _heartbeat = clock.CreateTimer(_ => _ = BeatAsync(), null, GrainClaim.Heartbeat, GrainClaim.Heartbeat);
    }

    /// <summary>The grain.</summary>
    public GrainKey Key { get; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt => _claim.Attempt;

    /// <summary>Cancelled when another has taken the grain over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes a grain that nobody works on.</summary>
    /// <param name="records">The store.</param>
    /// <param name="key">The grain.</param>
    /// <param name="owner">Who wants it.</param>
    /// <param name="clock">The clock that leases go by.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The lease; null where somebody works on it.</returns>
    public static async Task<GrainLease?> TryTakeAsync(GrainRecords records, GrainKey key, ClaimOwner owner, TimeProvider clock, CancellationToken cancellation)
    {
        ArtifactName name = StoreLayout.Claim(key);
        GrainClaim? held = null;
        ArtifactTag? tag = null;
        OpenArtifact? open = await GrainRecords.Guard(records.Store.OpenAsync(name, null, cancellation)).ConfigureAwait(false);
        if (open is not null)
        {
            await using (open.ConfigureAwait(false))
            {
                byte[] bytes = await GrainRecords.Guard(GrainRecords.AllOf(open.Content, cancellation)).ConfigureAwait(false);
                held = GrainClaim.Parse(bytes, $"{name} in {records.Store.Location}");
                tag = open.Tag;
            }
        }

        if (held is not null && !held.IsFree(clock.GetUtcNow()))
            return null;
        var claim = new GrainClaim((held?.Attempt ?? 0) + 1, owner, clock.GetUtcNow());
        ArtifactTag? taken = await GrainRecords.Guard(records.Store.ReplaceAsync(name, tag, Writer(claim), cancellation)).ConfigureAwait(false);
        return taken is { } mine ? new GrainLease(records, key, claim, mine, clock) : null;
    }

    /// <summary>Makes sure that the lease still holds.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When that is sure.</returns>
    /// <exception cref="GrainLostException">It does not.</exception>
    public async Task RequireAsync(CancellationToken cancellation)
    {
        ArtifactInfo? there = await GrainRecords.Guard(_records.Store.FindAsync(StoreLayout.Claim(Key), cancellation)).ConfigureAwait(false);
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        bool mine = there?.Tag == _tag;
        _gate.Release();
        if (!mine && !await RenewAsync(cancellation).ConfigureAwait(false))
            throw new GrainLostException(Key);
    }

    /// <summary>Gives the grain back: anybody may take it at once. The number of attempts stays known.</summary>
    /// <returns>When it is given back.</returns>
    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync().ConfigureAwait(false);
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_lost.IsCancellationRequested)
            {
                GrainClaim free = _claim with { Owner = new ClaimOwner("", "", 0, "") };
                await GrainRecords.Guard(_records.Store.ReplaceAsync(StoreLayout.Claim(Key), _tag, Writer(free), CancellationToken.None)).ConfigureAwait(false);
            }
        }
        finally
        {
            _gate.Release();
            _lost.Dispose();
            _gate.Dispose();
        }
    }

    private static Func<Stream, CancellationToken, Task> Writer(GrainClaim claim)
    {
        byte[] bytes = claim.ToJson();
        return (stream, stop) => stream.WriteAsync(bytes, stop).AsTask();
    }

    private async Task BeatAsync()
    {
        try
        {
            await RenewAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is StoreFailedException or ObjectDisposedException)
        {
            // A store that is away may be back before the lease ends; the next durable step of the work tells.
        }
    }

    private async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_lost.IsCancellationRequested)
                return false;
            GrainClaim renewed = _claim with { Renewed = _clock.GetUtcNow() };
            if (await GrainRecords.Guard(_records.Store.ReplaceAsync(StoreLayout.Claim(Key), _tag, Writer(renewed), cancellation)).ConfigureAwait(false) is { } tag)
            {
                (_claim, _tag) = (renewed, tag);
                return true;
            }

            await _lost.CancelAsync().ConfigureAwait(false);
            return false;
        }
        finally
        {
            _gate.Release();
        }
    }
}
