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
    private const int LongestCampaign = 200;
    private const int LongestKind = 64;
    private const int TicketDigits = 32;

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
            // No attribute of the text chooses a type: five members are read, each as what it must be, and nothing else is looked at.
            using JsonDocument document = JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            JsonElement json = document.RootElement;
            int version = json.GetProperty("version").GetInt32();
            if (version != Version)
                throw new BadInputException($"A message is of version {version}, and this program reads version {Version}.");
            string campaign = Text(json, "campaign"), kind = Text(json, "kind"), ticket = Text(json, "ticket");
            if (campaign.Length > LongestCampaign || !IsName(campaign))
                throw new BadInputException("A message names no campaign: that is made of a-z, 0-9 and '-', and begins with a letter or digit.");
            if (kind.Length > LongestKind || !IsName(kind))
                throw new BadInputException("A message names no kind of grain: that is made of a-z, 0-9 and '-', and begins with a letter or digit.");
            if (ticket.Length != TicketDigits || !ticket.All(char.IsAsciiHexDigitLower))
                throw new BadInputException($"A message has no ticket: that has {TicketDigits} lower-case hexadecimal digits.");
            return new GrainMessage(campaign, new GrainKey(kind, new ContentDigest(Text(json, "digest"))), ticket);
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new BadInputException($"A message is not in the form of this program's: {damage.Message}", damage);
        }
    }

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new FormatException($"'{name}' is null.");

    // These become parts of names in the store: nothing but what those may hold, and no way out of a folder.
    private static bool IsName(string text) =>
        text.Length > 0 && text[0] != '-' && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
