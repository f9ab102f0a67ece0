using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Dashboard.Model;

/// <summary>
/// Looks where grains stand, with as few calls of the store as may be: a few grains one by one, many by one listing of their kind, which
/// campaigns that are looked at together share.
/// </summary>
internal sealed class StoreSurvey(GrainRecords records, TimeProvider clock)
{
    private const int MostSingle = 40;
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(1);

    private readonly Turn _turn = new();
    private readonly Dictionary<string, (DateTimeOffset At, Dictionary<ContentDigest, GrainSighting> Grains)> _listings = new(StringComparer.Ordinal);

    /// <summary>Looks for grains.</summary>
    /// <param name="keys">The grains.</param>
    /// <param name="shared">Whether a listing that another campaign made a moment ago will do.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What is there of each.</returns>
    public async Task<IReadOnlyDictionary<GrainKey, GrainSighting>> LookAsync(IEnumerable<GrainKey> keys, bool shared, CancellationToken cancellation)
    {
        var all = new Dictionary<GrainKey, GrainSighting>();
        foreach (IGrouping<string, GrainKey> kind in keys.GroupBy(k => k.Kind, StringComparer.Ordinal))
        {
            GrainKey[] grains = [.. kind];
            if (grains.Length <= MostSingle)
            {
                foreach (GrainKey key in grains)
                    all[key] = await LookAsync(key, cancellation).ConfigureAwait(false);
                continue;
            }

            Dictionary<ContentDigest, GrainSighting> listing = await ListAsync(kind.Key, shared, cancellation).ConfigureAwait(false);
            foreach (GrainKey key in grains)
                all[key] = listing.GetValueOrDefault(key.Digest) ?? new GrainSighting(null, null, null);
        }

        return all;
    }

    private async Task<GrainSighting> LookAsync(GrainKey key, CancellationToken cancellation)
    {
        if (await Find(StoreLayout.Result(key)).ConfigureAwait(false) is { } result)
            return new GrainSighting(result, null, null);
        if (await Find(StoreLayout.Failure(key)).ConfigureAwait(false) is { } failure)
            return new GrainSighting(null, failure, null);
        return new GrainSighting(null, null, await Find(StoreLayout.Claim(key)).ConfigureAwait(false));

        Task<ArtifactInfo?> Find(ArtifactName name) => GrainRecords.Guard(records.Store.FindAsync(name, cancellation));
    }

    private async Task<Dictionary<ContentDigest, GrainSighting>> ListAsync(string kind, bool shared, CancellationToken cancellation)
    {
        using IDisposable turn = await _turn.TakeAsync(cancellation).ConfigureAwait(false);
        if (shared && _listings.TryGetValue(kind, out var known) && (clock.GetUtcNow() - known.At).Duration() < s_fresh)
            return known.Grains;
        string prefix = $"{StoreLayout.Grains}{kind}/";
        Dictionary<ContentDigest, GrainSighting> grains = await GrainRecords.Guard(ReadAsync(prefix, cancellation)).ConfigureAwait(false);
        _listings[kind] = (clock.GetUtcNow(), grains);
        return grains;
    }

    private async Task<Dictionary<ContentDigest, GrainSighting>> ReadAsync(string prefix, CancellationToken cancellation)
    {
        var grains = new Dictionary<ContentDigest, GrainSighting>();
        await foreach (ArtifactInfo info in records.Store.ListAsync(prefix, cancellation).ConfigureAwait(false))
        {
            ReadOnlySpan<char> rest = info.Name.Value.AsSpan(prefix.Length);
            int slash = rest.IndexOf('/');
            if (slash < 0 || Digest(rest[..slash]) is not { } digest)
                continue;
            GrainSighting seen = grains.GetValueOrDefault(digest) ?? new GrainSighting(null, null, null);
            grains[digest] = rest[(slash + 1)..] switch
            {
                "result.json" => seen with { Result = info },
                "failure.json" => seen with { Failure = info },
                "claim.json" => seen with { Claim = info },
                _ => seen,
            };
        }

        return grains;
    }

    private static ContentDigest? Digest(ReadOnlySpan<char> text)
    {
        try
        {
            return new ContentDigest(text.ToString());
        }
        catch (BadInputException)
        {
            // Nothing that this program put there.
            return null;
        }
    }
}
