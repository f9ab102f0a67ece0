using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;

namespace SpatialCluster.StoreProbe;

/// <summary>
/// Comes by every fault point. Cut short anywhere and run again, it ends with the same artifacts: a campaign that is kept, with a
/// grain and its output, and a claim in its second state; another campaign came and went.
/// </summary>
public static class StoreScenario
{
    /// <summary>The campaign that stays.</summary>
    public const string Kept = "kept";

    /// <summary>The campaign that goes.</summary>
    public const string Gone = "gone";

    public static async Task RunAsync(string folder)
    {
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(folder, create: true);
        GrainKey grain = await SubmitAsync(store, Kept, "kept output");
        ArtifactName claim = StoreLayout.Claim(grain), checkpoint = StoreLayout.Checkpoint(grain);
        await store.PutIfAbsentAsync(claim, Bytes("1"u8.ToArray()));
        while (await store.ReplaceAsync(claim, (await store.FindAsync(claim))!.Tag, Bytes("2"u8.ToArray())) is null)
        {
        }

        await store.PutIfAbsentAsync(checkpoint, Bytes("weights"u8.ToArray()));
        await store.DeleteAsync(checkpoint);
        await SubmitAsync(store, Gone, "gone output");
        await CampaignDeletion.DeleteAsync(store, Gone, dryRun: false, grace: TimeSpan.Zero);
    }

    /// <summary>A campaign of one grain that is done.</summary>
    /// <returns>The grain.</returns>
    public static async Task<GrainKey> SubmitAsync(IArtifactStore store, string campaign, string output, JsonObject? spec = null)
    {
        byte[] specBytes = CanonicalJson.Bytes(spec ?? new JsonObject { ["makes"] = output });
        var key = new GrainKey("slice", CanonicalJson.Digest(JsonNode.Parse(specBytes)));
        await WritePlanAsync(store, campaign, key);
        await store.PutIfAbsentAsync(StoreLayout.Spec(key), Bytes(specBytes));
        ContentReference content = await new ContentStore(store).PutBytesAsync(System.Text.Encoding.UTF8.GetBytes(output));
        var result = new GrainResult { Key = key, Outputs = [new GrainOutput("output.txt", content.Digest, content.Bytes)], Values = [] };
        await store.PutIfAbsentAsync(StoreLayout.Result(key), Bytes(result.ToJson()));
        return key;
    }

    /// <summary>The plan of a campaign of one grain.</summary>
    public static Task<ArtifactTag?> WritePlanAsync(IArtifactStore store, string campaign, GrainKey key, params string[] inputs)
    {
        byte[] plan = CanonicalJson.Bytes(new JsonObject
        {
            ["version"] = 1,
            ["grains"] = new JsonArray(new JsonObject { ["kind"] = key.Kind, ["digest"] = key.Digest.Hex }),
            ["inputs"] = new JsonArray([.. inputs.Select(input => JsonValue.Create(input))]),
        });
        return store.PutIfAbsentAsync(StoreLayout.CampaignPlan(campaign), Bytes(plan));
    }

    private static Func<Stream, CancellationToken, Task> Bytes(byte[] bytes) => (stream, stop) => stream.WriteAsync(bytes, stop).AsTask();
}
