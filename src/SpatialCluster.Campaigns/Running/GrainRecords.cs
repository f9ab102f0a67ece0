using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Running;

/// <summary>What a store holds of grains. Failures of the store itself come out as <see cref="StoreFailedException"/>.</summary>
/// <param name="content">The store.</param>
public sealed class GrainRecords(ContentStore content)
{
    private const int MostSightings = 10_000;

    private readonly ConcurrentDictionary<GrainKey, ClaimSighting> _sightings = new();

    /// <summary>The bytes that results name.</summary>
    public ContentStore Content => content;

    /// <summary>The store.</summary>
    public IArtifactStore Store => content.Store;

    /// <summary>Turns a failure of the store into one that is not the grain's.</summary>
    /// <typeparam name="T">What the call gives.</typeparam>
    /// <param name="call">A call of the store.</param>
    /// <returns>What it gave.</returns>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public static async Task<T> Guard<T>(Task<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (SpatialClusterException failure) when (failure is not (StoreFailedException or GrainLostException or LocalDiskException))
        {
            throw new StoreFailedException(failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreFailedException(new SpatialClusterException(FailureKind.Transient, $"The store fails: {failure.Message}", failure));
        }
    }

    /// <summary>The result of a grain.</summary>
    /// <param name="key">The grain.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The result; null where it is not done.</returns>
    public async Task<GrainResult?> FindResultAsync(GrainKey key, CancellationToken cancellation = default)
    {
        // The store is asked each time: what was there may have been deleted with its campaign, and is to be made anew then.
        ArtifactName name = StoreLayout.Result(key);
        return await ReadAsync(name, cancellation).ConfigureAwait(false) is { } bytes ? GrainResult.Parse(bytes, $"{name} in {Store.Location}") : null;
    }

    /// <summary>Commits a result, unless one is there.</summary>
    /// <param name="result">The result.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is there.</returns>
    /// <exception cref="SpatialClusterException">Permanent: one with other content is there, so that the work is not deterministic.</exception>
    public async Task CommitAsync(GrainResult result, CancellationToken cancellation = default)
    {
        byte[] bytes = result.ToJson();
        ArtifactName name = StoreLayout.Result(result.Key);
        byte[]? there = null;
        while (there is null)
        {
            if (await PutAsync(name, bytes, cancellation).ConfigureAwait(false))
                return;

            // Where nothing is there after all, it was deleted just now, or the store refused for no reason.
            there = await ReadAsync(name, cancellation).ConfigureAwait(false);
        }

        if (!there.AsSpan().SequenceEqual(bytes))
            throw new SpatialClusterException(FailureKind.Permanent, $"{result.Key} has a result already, and this run of it gave another: its code is not deterministic, or was changed without raising its version.");
    }

    /// <summary>The spec of a grain.</summary>
    /// <param name="key">The grain.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The spec.</returns>
    /// <exception cref="SpatialClusterException">Permanent: it is not there, or does not have the key's digest.</exception>
    public async Task<JsonObject> ReadSpecAsync(GrainKey key, CancellationToken cancellation = default)
    {
        byte[] bytes = await ReadAsync(StoreLayout.Spec(key), cancellation).ConfigureAwait(false)
            ?? throw new SpatialClusterException(FailureKind.Permanent, $"The spec of {key} is not in {Store.Location}; run the campaign's document again.");
        JsonNode? spec = Encoding.UTF8.GetString(bytes) is { Length: > 0 } text ? JsonNode.Parse(text) : null;
        return spec is JsonObject found && CanonicalJson.Digest(found) == key.Digest
            ? found
            : throw new SpatialClusterException(FailureKind.Permanent, $"The spec of {key} in {Store.Location} is damaged; delete it and run the campaign's document again.");
    }

    /// <summary>Why a grain was given up.</summary>
    /// <param name="key">The grain.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Why; null where it was not.</returns>
    public async Task<GrainFailure?> FindFailureAsync(GrainKey key, CancellationToken cancellation = default)
    {
        ArtifactName name = StoreLayout.Failure(key);
        return await ReadAsync(name, cancellation).ConfigureAwait(false) is { } bytes ? GrainFailure.Parse(bytes, $"{name} in {Store.Location}") : null;
    }

    /// <summary>Records why a grain is given up, unless that is recorded.</summary>
    /// <param name="key">The grain.</param>
    /// <param name="failure">Why.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it is recorded.</returns>
    public async Task FailAsync(GrainKey key, GrainFailure failure, CancellationToken cancellation = default) =>
        await PutAsync(StoreLayout.Failure(key), failure.ToJson(), cancellation).ConfigureAwait(false);

    /// <summary>Has a grain that was given up tried again.</summary>
    /// <param name="key">The grain.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether it had been given up.</returns>
    public Task<bool> ForgiveAsync(GrainKey key, CancellationToken cancellation = default) =>
        Guard(Store.DeleteAsync(StoreLayout.Failure(key), null, cancellation));

    /// <summary>What the last attempt at a grain took.</summary>
    /// <param name="key">The grain.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The metrics; null where no attempt was measured.</returns>
    public async Task<AttemptMetrics?> FindMetricsAsync(GrainKey key, CancellationToken cancellation = default)
    {
        AttemptMetrics? last = null;
        foreach (ArtifactInfo info in await ListAsync(StoreLayout.Folder(key) + "attempts/", cancellation).ConfigureAwait(false))
        {
            if (info.Name.Value.EndsWith("/metrics.json", StringComparison.Ordinal)
                && await ReadAsync(info.Name, cancellation).ConfigureAwait(false) is { } bytes
                && AttemptMetrics.Parse(bytes) is { } metrics
                && (last is null || metrics.Ended > last.Ended))
            {
                last = metrics;
            }
        }

        return last;
    }

    /// <summary>Who works on a grain.</summary>
    /// <param name="key">The grain.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The claim; null where nobody ever did.</returns>
    public async Task<GrainClaim?> FindClaimAsync(GrainKey key, CancellationToken cancellation = default)
    {
        ArtifactName name = StoreLayout.Claim(key);
        return await ReadAsync(name, cancellation).ConfigureAwait(false) is { } bytes ? GrainClaim.Parse(bytes, $"{name} in {Store.Location}") : null;
    }

    /// <summary>
    /// Whether nobody works under a claim any more. That an owner elsewhere is silent is judged by this process's own clock, from when
    /// it first saw the claim as it is: clocks of two machines may be off by any amount, and a claim of a living owner must not look free for that.
    /// </summary>
    /// <param name="key">The grain.</param>
    /// <param name="claim">Its claim, as it was just read.</param>
    /// <param name="clock">The clock of this process.</param>
    /// <returns>True where the owner released it, is known to be dead, or was silent for longer than the lease and was seen to be for two heartbeats.</returns>
    public bool IsFree(GrainKey key, GrainClaim claim, TimeProvider clock)
    {
        if (claim.IsReleased || claim.Owner.IsDead)
        {
            _sightings.TryRemove(key, out _);
            return true;
        }

        // What is forgotten is seen anew: a lease takes a little longer then.
        if (_sightings.Count >= MostSightings)
            _sightings.Clear();
        long now = clock.GetTimestamp();
        ClaimSighting seen = _sightings.AddOrUpdate(
            key,
            _ => new ClaimSighting(claim.Attempt, claim.Owner.Id, claim.Renewed, now),
            (_, before) => before.IsOf(claim) ? before : new ClaimSighting(claim.Attempt, claim.Owner.Id, claim.Renewed, now));
        return claim.IsFree(clock.GetUtcNow()) && clock.GetElapsedTime(seen.First, now) >= 2 * GrainClaim.Heartbeat;
    }

    /// <summary>What there is under a prefix.</summary>
    /// <param name="prefix">What the names begin with.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>In ordinal order of the names.</returns>
    public Task<IReadOnlyList<ArtifactInfo>> ListAsync(string prefix, CancellationToken cancellation = default) => Guard(GatherAsync(prefix, cancellation));

    private async Task<IReadOnlyList<ArtifactInfo>> GatherAsync(string prefix, CancellationToken cancellation)
    {
        var all = new List<ArtifactInfo>();
        await foreach (ArtifactInfo info in Store.ListAsync(prefix, cancellation).ConfigureAwait(false))
            all.Add(info);
        return all;
    }

    /// <summary>Puts small bytes where nothing is.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="bytes">The bytes.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether nothing was there.</returns>
    public async Task<bool> PutAsync(ArtifactName name, byte[] bytes, CancellationToken cancellation = default) =>
        await Guard(Store.PutIfAbsentAsync(name, (stream, stop) => stream.WriteAsync(bytes, stop).AsTask(), cancellation)).ConfigureAwait(false) is not null;

    /// <summary>Reads small bytes.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The bytes; null where there are none.</returns>
    public async Task<byte[]?> ReadAsync(ArtifactName name, CancellationToken cancellation = default)
    {
        OpenArtifact? open = await Guard(Store.OpenAsync(name, null, cancellation)).ConfigureAwait(false);
        if (open is null)
            return null;
        await using (open.ConfigureAwait(false))
        {
            return await Guard(AllOf(open.Content, cancellation)).ConfigureAwait(false);
        }
    }

    /// <summary>All bytes of a small artifact.</summary>
    public static async Task<byte[]> AllOf(Stream content, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        await content.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
        return bytes.ToArray();
    }

    private sealed record ClaimSighting(int Attempt, string Owner, DateTimeOffset Renewed, long First)
    {
        public bool IsOf(GrainClaim claim) => claim.Attempt == Attempt && claim.Owner.Id == Owner && claim.Renewed == Renewed;
    }
}
