using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Silo.Dashboard.Api;

/// <summary>What grains left in the store, as replies that never change.</summary>
internal sealed class StoredGrains(GrainRecords records)
{
    private readonly ReplyShelf _shelf = new(128L << 20);

    /// <summary>The result of a grain.</summary>
    /// <exception cref="MissingException">The name is none, or the grain is not done.</exception>
    public async Task<GrainResult> ResultAsync(string kind, string digest, CancellationToken stop = default)
    {
        ContentDigest known;
        try
        {
            known = new ContentDigest(digest);
        }
        catch (BadInputException wrong)
        {
            throw new MissingException(wrong.Message);
        }

        return await records.FindResultAsync(new GrainKey(kind, known), stop).ConfigureAwait(false)
            ?? throw new MissingException($"There is no result of {kind}/{digest[..12]}… in this store; it is not done, or its name is of another store.");
    }

    /// <summary>A reply that is made of an output of a grain, once.</summary>
    /// <exception cref="MissingException">There is no such grain, or it has no such output.</exception>
    public async Task<Reply> ReplyAsync(string kind, string digest, string output, string type, Func<GrainResult, Func<ContentDigest, Stream>, byte[]> make)
    {
        GrainResult result = await ResultAsync(kind, digest).ConfigureAwait(false);
        if (result.Find(output) is not { } there)
            throw new MissingException($"The {kind} {digest[..12]}… has no {output}; what it has is told by its run.");
        // The same output may be sent as it is, and told of in JSON.
        string form = type == Reply.Binary ? "numbers" : "json";
        return await MakeAsync($"{kind}/{digest}/{output}/{form}", $"{there.Digest.Hex[..24]}-{form}", type, () => make(result, Open)).ConfigureAwait(false);
    }

    /// <summary>A reply that is made once, away from the threads that answer.</summary>
    public Task<Reply> MakeAsync(string name, string tag, string type, Func<byte[]> make) =>
        _shelf.GetAsync(name, () => Task.Run(() => new Reply(make(), type, tag) { Immutable = true }));

    /// <summary>Opens bytes of the store.</summary>
    public Stream Open(ContentDigest digest) => GrainRecords.Guard(records.Content.OpenAsync(digest)).GetAwaiter().GetResult();
}
