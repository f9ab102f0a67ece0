using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Running;

/// <summary>
/// The right to work on a grain and to publish what comes of it, for one attempt. It is renewed while it is held; whoever finds
/// that another has taken it stops at once.
/// </summary>
public sealed class GrainLease : IAsyncDisposable
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(2);

    private readonly GrainRecords _records;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _lost = new();
    private readonly AsyncGate _gate = new();
    private readonly Lock _notes = new();
    private readonly ArtifactName _name;
    private ITimer? _heartbeat;
    private GrainClaim _claim;
    private ArtifactTag? _tag;
    private bool _over;

    private GrainLease(GrainRecords records, GrainKey key, GrainClaim claim, TimeProvider clock)
    {
        (_records, Key, _claim, _clock) = (records, key, claim, clock);
        _name = StoreLayout.Claim(key);
    }

    /// <summary>The grain.</summary>
    public GrainKey Key { get; }

    /// <summary>The attempt, from 1.</summary>
    public int Attempt => _claim.Attempt;

    /// <summary>How many attempts before this, in a row, ended neither with a word nor with a checkpoint.</summary>
    public int Crashes => _claim.Crashes;

    /// <summary>The first of them.</summary>
    public int CrashesSince => _claim.CrashesSince;

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
        (GrainClaim? held, ArtifactTag? tag) = await ReadAsync(records, key, cancellation).ConfigureAwait(false);
        bool orphaned = held is not null && ((delivery.Redelivered && held.Ticket == delivery.Ticket) || delivery.IsGone(held.Ticket));
        if (held is not null && !orphaned && !records.IsFree(key, held, clock))
            return null;
        bool silently = held is { IsReleased: false };
        if (silently)
            ClusterTelemetry.GrainsTakenOver.Add(1, new KeyValuePair<string, object?>("kind", key.Kind));
        var lease = new GrainLease(records, key, GrainClaim.After(held, silently, owner, delivery.Ticket, clock.GetUtcNow()), clock);
        try
        {
            lease._tag = await GrainRecords.Guard(records.Store.ReplaceAsync(lease._name, tag, Writer(lease._claim), cancellation)).ConfigureAwait(false);
            if (lease._tag is null)
                return null;
        }
        catch (StoreFailedException failure) when (failure.Kind == FailureKind.Transient)
        {
            // The claim may stand although the answer was lost.
            if (!await lease.StandsAsync(cancellation).ConfigureAwait(false))
                throw;
        }
        catch (OperationCanceledException)
        {
            _ = lease.ReleaseLaterAsync(TimeSpan.Zero, stood: false);
            throw;
        }

        lease._heartbeat = clock.CreateTimer(_ => _ = lease.BeatAsync(), null, GrainClaim.Heartbeat, GrainClaim.Heartbeat);
        return lease;
    }

    /// <summary>Makes sure that the lease still holds.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When that is sure.</returns>
    /// <exception cref="GrainLostException">It does not.</exception>
    public async Task RequireAsync(CancellationToken cancellation)
    {
        long asked;
        do
        {
            asked = _clock.GetTimestamp();
            ArtifactInfo? there = await GrainRecords.Guard(_records.Store.FindAsync(_name, cancellation)).ConfigureAwait(false);
            await _gate.EnterAsync().ConfigureAwait(false);
            bool mine = !_over && there is not null && there.Tag == _tag;
            _gate.Leave();
            if (!mine && !await RenewAsync(cancellation).ConfigureAwait(false))
                throw new GrainLostException(Key);
            // A process that was frozen meanwhile has an answer of long ago, and asks again.
        }
        while (_clock.GetElapsedTime(asked) >= GrainClaim.Heartbeat);
    }

    /// <summary>There is a checkpoint of this attempt: should it end without a word, that is no reason to think the grain bad. The first is told to others at once.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is noted.</returns>
    public async Task NoteProgressAsync(CancellationToken cancellation)
    {
        bool first = !_claim.Progressed;
        Note(claim => claim with { Crashes = 0, Progressed = true });
        if (first)
            await RenewAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>The attempt failed for a reason that may pass; others know when the grain is given back.</summary>
    public void NoteFailure() => Note(claim => claim with { Failures = claim.Failures + 1, Crashes = 0 });

    /// <summary>Everything that spoke against the grain is told elsewhere: who tries it again begins anew.</summary>
    public void NoteGivenUp() => Note(claim => claim with { Failures = 0, Crashes = 0 });

    /// <summary>Gives the grain back while its work still runs: whatever that does is not published any more.</summary>
    /// <returns>When it is given back.</returns>
    public async Task AbandonAsync()
    {
        if (await EndAsync().ConfigureAwait(false))
            _lost.Cancel();
    }

    /// <summary>Gives the grain back: anybody may take it at once. The number of attempts stays known. Where the store is away, that follows as soon as it is back.</summary>
    /// <returns>When it is given back, or is tried again.</returns>
    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        _lost.Dispose();
    }

    private static async Task<(GrainClaim? Claim, ArtifactTag? Tag)> ReadAsync(GrainRecords records, GrainKey key, CancellationToken cancellation)
    {
        ArtifactName name = StoreLayout.Claim(key);
        OpenArtifact? open = await GrainRecords.Guard(records.Store.OpenAsync(name, null, cancellation)).ConfigureAwait(false);
        if (open is null)
            return (null, null);
        await using (open.ConfigureAwait(false))
        {
            byte[] bytes = await GrainRecords.Guard(GrainRecords.AllOf(open.Content, cancellation)).ConfigureAwait(false);
            return (GrainClaim.Parse(bytes, $"{name} in {records.Store.Location}"), open.Tag);
        }
    }

    private static Func<Stream, CancellationToken, Task> Writer(GrainClaim claim)
    {
        byte[] bytes = claim.ToJson();
        return (stream, stop) => stream.WriteAsync(bytes, stop).AsTask();
    }

    private void Note(Func<GrainClaim, GrainClaim> change)
    {
        lock (_notes)
            _claim = change(_claim);
    }

    private async Task<bool> EndAsync()
    {
        if (_heartbeat is not null)
            await _heartbeat.DisposeAsync().ConfigureAwait(false);
        await _gate.EnterAsync().ConfigureAwait(false);
        try
        {
            if (_over)
                return false;
            _over = true;
            if (!await WriteAsync(claim => claim.Released(), CancellationToken.None).ConfigureAwait(false))
                await NoteSurvivedAsync().ConfigureAwait(false);
        }
        catch (StoreFailedException failure) when (failure.Kind == FailureKind.Transient)
        {
            _ = ReleaseLaterAsync(s_retry, stood: true);
        }
        catch (SpatialClusterException)
        {
            // What the attempt came to stands, whatever becomes of its claim: a store that refuses, or a claim that cannot be read, is met by who tries next.
        }
        finally
        {
            _gate.Leave();
        }

        return true;
    }

    // An attempt that ended must not look like one whose process died, only because the store was away just then.
    private async Task ReleaseLaterAsync(TimeSpan pause, bool stood)
    {
        long start = _clock.GetTimestamp();
        while (_clock.GetElapsedTime(start) < GrainClaim.Lease)
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, _clock, CancellationToken.None).ConfigureAwait(false);
            pause = s_retry;
            try
            {
                if (!await WriteAsync(claim => claim.Released(), CancellationToken.None).ConfigureAwait(false) && stood)
                    await NoteSurvivedAsync().ConfigureAwait(false);
                return;
            }
            catch (StoreFailedException)
            {
                // Again, as long as anybody waits for it.
            }
            catch (SpatialClusterException)
            {
                // Whoever reads the claim next says what is wrong with it.
                return;
            }
        }
    }

    // The claim stood and is another's now: that this attempt was silent for a while says nothing against the grain.
    private Task<bool> NoteSurvivedAsync() => _records.PutAsync(StoreLayout.AttemptSurvived(Key, Attempt), "survived\n"u8.ToArray());

    private async Task BeatAsync()
    {
        try
        {
            await RenewAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is SpatialClusterException or ObjectDisposedException)
        {
            // A store that is away may be back before the lease ends; the next durable step of the work tells.
        }
    }

    private async Task<bool> RenewAsync(CancellationToken cancellation)
    {
        await _gate.EnterAsync().ConfigureAwait(false);
        try
        {
            if (_over)
                return false;
            if (await WriteAsync(claim => claim with { Renewed = _clock.GetUtcNow() }, cancellation).ConfigureAwait(false))
                return true;
            _over = true;
        }
        finally
        {
            _gate.Leave();
        }

        _lost.Cancel();
        return false;
    }

    // False where the claim is another's. One that is not as it was last known may be this attempt's nevertheless: an answer was lost.
    private async Task<bool> WriteAsync(Func<GrainClaim, GrainClaim> change, CancellationToken cancellation)
    {
        do
        {
            GrainClaim next = change(_claim);
            if (_tag is { } tag && await GrainRecords.Guard(_records.Store.ReplaceAsync(_name, tag, Writer(next), cancellation)).ConfigureAwait(false) is { } written)
            {
                _tag = written;
                return true;
            }
        }
        while (await FindOwnAsync(cancellation).ConfigureAwait(false));
        return false;
    }

    private async Task<bool> FindOwnAsync(CancellationToken cancellation)
    {
        (GrainClaim? there, ArtifactTag? tag) = await ReadAsync(_records, Key, cancellation).ConfigureAwait(false);
        if (there is null || there.Owner.Id != _claim.Owner.Id || there.Attempt != _claim.Attempt)
            return false;
        _tag = tag;
        return true;
    }

    private async Task<bool> StandsAsync(CancellationToken cancellation)
    {
        try
        {
            return await FindOwnAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception unknown) when (unknown is StoreFailedException or OperationCanceledException)
        {
            // Should it stand, it is not to stand until it runs out.
            _ = ReleaseLaterAsync(s_retry, stood: false);
            throw;
        }
    }
}
