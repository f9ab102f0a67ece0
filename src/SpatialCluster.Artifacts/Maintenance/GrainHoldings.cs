using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>The blobs that a grain holds: the outputs that its result names, and the inputs that its spec names.</summary>
internal static class GrainHoldings
{
    /// <summary>Reads what a grain holds.</summary>
    /// <returns>Digests; a blob may come twice.</returns>
    /// <exception cref="SpatialClusterException">Permanent: the result or the spec is damaged, or of a newer version.</exception>
    public static async Task<IReadOnlyList<ContentDigest>> ReadAsync(IArtifactStore store, GrainKey key, CancellationToken cancellation)
    {
        var blobs = new List<ContentDigest>();
        if (await StoreContents.ReadAsync(store, StoreLayout.Spec(key), cancellation).ConfigureAwait(false) is { } spec)
            Collect(Parse(spec, $"{StoreLayout.Spec(key)} in {store.Location}"), blobs);
        if (await StoreContents.ReadAsync(store, StoreLayout.Result(key), cancellation).ConfigureAwait(false) is { } result)
            blobs.AddRange(GrainResult.Parse(result, $"{StoreLayout.Result(key)} in {store.Location}").Outputs.Select(o => o.Digest));
        return blobs;
    }

    /// <summary>Every property called <c>sha256</c>, wherever it is, that is a digest.</summary>
    public static void Collect(JsonNode? node, List<ContentDigest> blobs)
    {
        switch (node)
        {
            case JsonObject group:
                foreach ((string name, JsonNode? value) in group)
                {
                    if (name == "sha256" && value is JsonValue text && text.TryGetValue(out string? hex) && StoreContents.IsDigest(hex))
                        blobs.Add(new ContentDigest(hex));
                    else
                        Collect(value, blobs);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? item in list)
                    Collect(item, blobs);
                break;
        }
    }

    private static JsonNode? Parse(byte[] bytes, string source)
    {
        try
        {
            return JsonNode.Parse(bytes);
        }
        catch (JsonException damage)
        {
            throw new SpatialClusterException(FailureKind.Permanent, $"{source} is damaged ({damage.Message}); `store verify` finds such, and deleting it has it made anew.", damage);
        }
    }
}
