using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Telemetry;

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

    /// <summary>How many attempts before this, in a row, ended neither with a word nor with a checkpoint.</summary>
    public int Crashes => _claim.Crashes;

    /// <summary>How many attempts before this failed for reasons that may pass.</summary>
    public int Failures => _claim.Failures;

    /// <summary>Cancelled when another has taken the grain over.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes a grain that nobody works on.</summary>
    /// <param name="records">The store.</param>
    /// <param name="key">The grain.</param>
    /// <param name="owner">Who wants it.</param>
    /// <param name="delivery">How the grain came: the broker may know that its owner is gone.</param>
    /// <param name="clock">The clock that leases go by.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The lease; null where somebody works on it.</returns>
    public static async Task<GrainLease?> TryTakeAsync(GrainRecords records, GrainKey key, ClaimOwner owner, GrainDelivery delivery, TimeProvider clock, CancellationToken cancellation)
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

        bool orphaned = held is not null && delivery.Redelivered && held.Ticket == delivery.Ticket;
        if (held is not null && !orphaned && !held.IsFree(clock.GetUtcNow()))
            return null;
        bool silently = held is { IsReleased: false };
        if (silently)
            ClusterTelemetry.GrainsTakenOver.Add(1, new KeyValuePair<string, object?>("kind", key.Kind));
        var claim = new GrainClaim((held?.Attempt ?? 0) + 1, owner, clock.GetUtcNow())
        {
            Ticket = delivery.Ticket,
            Crashes = (held?.Crashes ?? 0) + (silently ? 1 : 0),
            Failures = held?.Failures ?? 0,
        };
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

    /// <summary>There is a checkpoint of this attempt: should it end without a word, that is no reason to think the grain bad.</summary>
    public void NoteProgress() => _claim = _claim with { Crashes = 0 };

    /// <summary>The attempt failed for a reason that may pass; others know when the grain is given back.</summary>
    public void NoteFailure() => _claim = _claim with { Failures = _claim.Failures + 1, Crashes = 0 };

    /// <summary>Everything that spoke against the grain is told elsewhere: who tries it again begins anew.</summary>
    public void NoteGivenUp() => _claim = _claim with { Failures = 0, Crashes = 0 };

    /// <summary>Gives the grain back while its work still runs: whatever that does is not published any more.</summary>
    /// <returns>When it is given back.</returns>
    public async Task AbandonAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_lost.IsCancellationRequested)
                return;
            await GrainRecords.Guard(_records.Store.ReplaceAsync(StoreLayout.Claim(Key), _tag, Writer(_claim.Released()), CancellationToken.None)).ConfigureAwait(false);
            await _lost.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
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
                await GrainRecords.Guard(_records.Store.ReplaceAsync(StoreLayout.Claim(Key), _tag, Writer(_claim.Released()), CancellationToken.None)).ConfigureAwait(false);
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
