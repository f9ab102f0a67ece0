using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Records;

/// <summary>A name that a store has given itself, so that what belongs to it can be told from others' elsewhere, such as on a broker.</summary>
public static class StoreIdentity
{
    private const int Version = 1;
    private const int Digits = 12;

    /// <summary>The identity of a store, which gets one where it has none.</summary>
    /// <param name="store">The store.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>12 hexadecimal digits, always the same for one store.</returns>
    /// <exception cref="SpatialClusterException">What is there is damaged or newer, or the store fails.</exception>
    public static async Task<string> OfAsync(IArtifactStore store, CancellationToken cancellation = default)
    {
        while (true)
        {
            OpenArtifact? open = await store.OpenAsync(StoreLayout.Identity, null, cancellation).ConfigureAwait(false);
            if (open is not null)
            {
                await using (open.ConfigureAwait(false))
                {
                    using var bytes = new MemoryStream();
                    await open.Content.CopyToAsync(bytes, cancellation).ConfigureAwait(false);
                    return Parse(bytes.ToArray(), store);
                }
            }

            // Of several at a time the first names it; the others read what it wrote.
            string id = RandomNumberGenerator.GetHexString(Digits, lowercase: true);
            byte[] json = CanonicalJson.Bytes(new JsonObject { ["id"] = id, ["version"] = Version });
            if (await store.PutIfAbsentAsync(StoreLayout.Identity, (stream, stop) => stream.WriteAsync(json, stop).AsTask(), cancellation).ConfigureAwait(false) is not null)
                return id;
        }
    }

    private static string Parse(byte[] bytes, IArtifactStore store)
    {
        string source = $"{StoreLayout.Identity} in {store.Location}";
        try
        {
            JsonNode json = JsonNode.Parse(bytes)!;
            if ((int)json["version"]! > Version)
                throw new SpatialClusterException(FailureKind.Permanent, $"{source} is of version {(int)json["version"]!}, and this program reads up to {Version}; use a newer program.");
            string id = (string)json["id"]!;
            return id.Length == Digits && id.All(char.IsAsciiHexDigitLower) ? id : throw new FormatException("its id has not 12 hexadecimal digits");
        }
        catch (Exception damage) when (damage is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new SpatialClusterException(FailureKind.Permanent, $"{source} is damaged ({damage.Message}); where no campaign is under way, delete it, and the store gets another.", damage);
        }
    }
}
