using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.RabbitMq.Messages;

/// <summary>Says that a grain of a campaign is ready. All else is in the store.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Grain">The grain.</param>
/// <param name="Ticket">Unlike that of every other message: whoever claims the grain notes it, so that a redelivery is known from a duplicate.</param>
public sealed record GrainMessage(string Campaign, GrainKey Grain, string Ticket)
{
    private const int Version = 1;
    private const int MostBytes = 4096;

    /// <summary>A new message.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="grain">The grain.</param>
    /// <returns>With a ticket of its own.</returns>
    public static GrainMessage For(string campaign, GrainKey grain) => new(campaign, grain, Guid.NewGuid().ToString("n"));

    /// <summary>The message as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => CanonicalJson.Bytes(new JsonObject
    {
        ["version"] = Version,
        ["campaign"] = Campaign,
        ["kind"] = Grain.Kind,
        ["digest"] = Grain.Digest.Hex,
        ["ticket"] = Ticket,
    });

    /// <summary>Reads a message; anybody may have written it.</summary>
    /// <param name="utf8">At most 4 KiB.</param>
    /// <returns>The message.</returns>
    /// <exception cref="BadInputException">It is none, or of a newer version.</exception>
    public static GrainMessage Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
            throw new BadInputException($"A message of {utf8.Length} bytes is none of this program: those have at most {MostBytes}.");
        try
        {
            JsonNode json = JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = 4 })!;
            int version = (int)json["version"]!;
            if (version != Version)
                throw new BadInputException($"A message is of version {version}, and this program reads version {Version}.");
            return new GrainMessage(
                (string)json["campaign"]!, new GrainKey((string)json["kind"]!, new ContentDigest((string)json["digest"]!)), (string)json["ticket"]!);
        }
        catch (Exception damage) when (damage is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new BadInputException($"A message is not in the form of this program's: {damage.Message}", damage);
        }
    }
}
