using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>Something that happened in the cluster, told to whoever listens. It may be lost: the store alone knows what is.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Campaign">The campaign that it is about; empty for an event of a silo.</param>
/// <param name="Silo">Who tells; empty where it is no silo.</param>
public sealed record ClusterEvent(ClusterEventKind Kind, string Campaign, string Silo)
{
    private const int MostBytes = 16 << 10;

    private static readonly Dictionary<string, ClusterEventKind> s_kinds = Enum.GetValues<ClusterEventKind>().ToDictionary(NameOf);

    /// <summary>The grain, such as <c>slice/0a…</c>; null for an event of a campaign or a silo.</summary>
    public string? Grain { get; init; }

    /// <summary>The device, such as <c>cpu:0</c>.</summary>
    public string? Device { get; init; }

    /// <summary>The stage of a grain, how it ended (<c>done</c>, <c>reused</c>, <c>failed</c>), or the state of a silo.</summary>
    public string? Text { get; init; }

    /// <summary>Why a grain failed.</summary>
    public string? Error { get; init; }

    /// <summary>Epochs done.</summary>
    public int? Epoch { get; init; }

    /// <summary>Epochs wanted.</summary>
    public int? Epochs { get; init; }

    /// <summary>The loss of the last epoch, where it is finite.</summary>
    public double? Loss { get; init; }

    /// <summary>How long a grain took.</summary>
    public double? Seconds { get; init; }

    /// <summary>The event as canonical JSON, as the broker and the browser get it.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson()
    {
        var json = new JsonObject { ["kind"] = KindName, ["campaign"] = Campaign, ["silo"] = Silo };
        Put("grain", Grain);
        Put("device", Device);
        Put("text", Text);
        Put("error", Error);
        Put("epoch", Epoch);
        Put("epochs", Epochs);
        Put("loss", Loss is { } loss && double.IsFinite(loss) ? loss : null);
        Put("seconds", Seconds is { } seconds && double.IsFinite(seconds) ? seconds : null);
        return CanonicalJson.Bytes(json);

        void Put(string name, JsonNode? value)
        {
            if (value is not null)
                json[name] = value;
        }
    }

    /// <summary>The kind, as it is written: <c>grain-started</c>.</summary>
    public string KindName => NameOf(Kind);

    /// <summary>Reads an event; anybody may have written it.</summary>
    /// <param name="utf8">At most 16 KiB.</param>
    /// <returns>The event; null where it is none, or of a kind that this program does not know.</returns>
    public static ClusterEvent? Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(utf8.ToArray(), new JsonDocumentOptions { MaxDepth = 4, AllowDuplicateProperties = false });
            JsonElement json = document.RootElement;
            // By the names that are written, one by one: a number or a list of names is no kind, though an enumeration would take it.
            string kind = json.GetProperty("kind").GetString() ?? "";
            if (!s_kinds.TryGetValue(kind, out ClusterEventKind known)
                || json.GetProperty("campaign").GetString() is not { } campaign
                || json.GetProperty("silo").GetString() is not { } silo)
            {
                return null;
            }

            return new ClusterEvent(known, campaign, silo)
            {
                Grain = Text("grain"),
                Device = Text("device"),
                Text = Text("text"),
                Error = Text("error"),
                Epoch = At("epoch")?.GetInt32(),
                Epochs = At("epochs")?.GetInt32(),
                Loss = Number("loss"),
                Seconds = Number("seconds"),
            };

            JsonElement? At(string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
            string? Text(string name) => At(name)?.GetString();
            double? Number(string name) => At(name)?.GetDouble() is { } number && double.IsFinite(number) ? number : null;
        }
        catch (Exception damage) when (damage is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string NameOf(ClusterEventKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
