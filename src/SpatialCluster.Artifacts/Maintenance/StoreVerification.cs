using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>What a verification found.</summary>
/// <param name="Blobs">Blobs that were read and compared with their digest.</param>
/// <param name="Results">Results that were read, with the blobs that they name.</param>
/// <param name="Orphans">Blobs that no plan, spec or result names; what runs may yet name them, and collection takes the old ones.</param>
/// <param name="Problems">What is wrong, in ordinal order of names; empty where all is well.</param>
public sealed record StoreVerification(long Blobs, long Results, long Orphans, IReadOnlyList<StoreProblem> Problems)
{
    /// <summary>Reads every blob and everything that names one. What others write or delete meanwhile is no problem.</summary>
    /// <param name="store">The store.</param>
    /// <param name="progress">Told after each blob; may be null.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What is wrong.</returns>
    public static async Task<StoreVerification> RunAsync(IArtifactStore store, IProgress<VerificationProgress>? progress = null, CancellationToken cancellation = default)
    {
        var run = new Run(store, cancellation);
        // Who refers before what is referred to: a result that comes later is then not missed, nor one's blobs.
        await run.ReferencesAsync().ConfigureAwait(false);
        await run.BlobsAsync(progress).ConfigureAwait(false);
        return await run.FinishAsync().ConfigureAwait(false);
    }

    private sealed class Run(IArtifactStore store, CancellationToken cancellation)
    {
        private readonly SortedDictionary<string, StoreProblem> _problems = new(StringComparer.Ordinal);
        private readonly HashSet<ContentDigest> _named = [];
        private readonly List<(ArtifactName By, ContentDigest Digest, long? Bytes)> _needs = [];
        private readonly Dictionary<ContentDigest, long> _sizes = [];
        private readonly HashSet<ContentDigest> _damaged = [];
        private long _results;

        public async Task ReferencesAsync()
        {
            await foreach (ArtifactInfo info in store.ListAsync(StoreLayout.Grains, cancellation).ConfigureAwait(false))
            {
                if (StoreContents.GrainOf(info.Name) is not { } key)
                    continue;
                if (info.Name == StoreLayout.Result(key))
                    await AttemptAsync(info.Name, "delete it, and the grain is made again", bytes => Result(info.Name, key, bytes)).ConfigureAwait(false);
                else if (info.Name == StoreLayout.Spec(key))
                    await AttemptAsync(info.Name, "delete it; submitting a campaign that has this grain writes it again", bytes => Spec(info.Name, key, bytes)).ConfigureAwait(false);
            }

            foreach (string id in await StoreContents.CampaignsAsync(store, cancellation).ConfigureAwait(false))
            {
                try
                {
                    if (await CampaignPlanRoots.ReadAsync(store, id, cancellation).ConfigureAwait(false) is { } plan)
                        Need(StoreLayout.CampaignPlan(id), plan.Inputs);
                }
                catch (SpatialClusterException damage) when (damage.Kind == FailureKind.Permanent)
                {
                    Problem(StoreLayout.CampaignPlan(id), damage.Message, $"submit the campaign again, or `campaign delete {id}`");
                }
            }
        }

        public async Task BlobsAsync(IProgress<VerificationProgress>? progress)
        {
            var blobs = new List<ArtifactInfo>();
            await foreach (ArtifactInfo info in store.ListAsync(StoreLayout.Blobs, cancellation).ConfigureAwait(false))
                blobs.Add(info);
            long read = 0, bytes = 0, of = blobs.Sum(b => b.Bytes);
            foreach (ArtifactInfo blob in blobs)
            {
                OpenArtifact? open = await store.OpenAsync(blob.Name, null, cancellation).ConfigureAwait(false);
                bytes += blob.Bytes;
                if (open is not null)
                    await CompareAsync(blob.Name, open).ConfigureAwait(false);
                progress?.Report(new VerificationProgress(++read, blobs.Count, bytes, of));
            }
        }

        public async Task<StoreVerification> FinishAsync()
        {
            foreach ((ArtifactName by, ContentDigest digest, long? bytes) in _needs)
            {
                string? what = _damaged.Contains(digest) ? $"needs the blob {digest}, which is damaged"
                    : !_sizes.TryGetValue(digest, out long size) ? $"needs the blob {digest}, which is not there"
                    : bytes is not null && size != bytes ? $"says that the blob {digest} has {bytes} bytes, and it has {size}"
                    : null;
                // Nothing is wrong with what was deleted since, with its blobs.
                if (what is not null && await store.FindAsync(by, cancellation).ConfigureAwait(false) is not null)
                    Problem(by, what, by.Value.EndsWith("/result.json", StringComparison.Ordinal) ? "delete it, and the grain is made again" : "put that file into the store again, by submitting the campaign again");
            }

            return new StoreVerification(_sizes.Count, _results, _sizes.Keys.LongCount(d => !_named.Contains(d)), [.. _problems.Values]);
        }

        private async Task CompareAsync(ArtifactName name, OpenArtifact open)
        {
            ContentDigest digest = StoreContents.BlobOf(name)!.Value;
            await using (open.ConfigureAwait(false))
            {
                _sizes[digest] = open.Bytes;
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(open.Content, cancellation).ConfigureAwait(false)) == digest.Hex)
                    return;
            }

            _damaged.Add(digest);
            Problem(name, "its content has another digest than its name says", "delete it, and the results that name it, and those are made again");
        }

        private async Task AttemptAsync(ArtifactName name, string wayOut, Action<byte[]> parse)
        {
            if (await StoreContents.ReadAsync(store, name, cancellation).ConfigureAwait(false) is not { } bytes)
                return;
            try
            {
                parse(bytes);
            }
            catch (SpatialClusterException damage) when (damage.Kind == FailureKind.Permanent)
            {
                Problem(name, damage.Message, wayOut);
            }
            catch (JsonException damage)
            {
                Problem(name, $"is no JSON: {damage.Message}", wayOut);
            }
        }

        private void Result(ArtifactName name, GrainKey key, byte[] bytes)
        {
            GrainResult result = GrainResult.Parse(bytes, name.Value);
            _results++;
            if (result.Key != key)
                Problem(name, $"is the result of {result.Key}", "delete it, and the grain is made again");
            foreach (GrainOutput output in result.Outputs)
            {
                _named.Add(output.Digest);
                _needs.Add((name, output.Digest, output.Bytes));
            }
        }

        private void Spec(ArtifactName name, GrainKey key, byte[] bytes)
        {
            JsonNode? spec = JsonNode.Parse(bytes);
            if (CanonicalJson.Digest(spec) != key.Digest)
                Problem(name, "is not the spec that its key names", "delete it; submitting a campaign that has this grain writes it again");
            var inputs = new List<ContentDigest>();
            GrainHoldings.Collect(spec, inputs);
            Need(name, inputs);
        }

        private void Need(ArtifactName by, IReadOnlyList<ContentDigest> inputs)
        {
            _named.UnionWith(inputs);
            _needs.AddRange(inputs.Select(digest => (by, digest, (long?)null)));
        }

        private void Problem(ArtifactName name, string what, string wayOut) => _problems.TryAdd($"{name} {what}", new StoreProblem(name, what, wayOut));
    }
}
