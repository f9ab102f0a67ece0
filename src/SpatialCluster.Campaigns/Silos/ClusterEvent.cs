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
        Put("seconds", Seconds);
        return CanonicalJson.Bytes(json);

        void Put(string name, JsonNode? value)
        {
            if (value is not null)
                json[name] = value;
        }
    }

    /// <summary>The kind, as it is written: <c>grain-started</c>.</summary>
    public string KindName => JsonNamingPolicy.KebabCaseLower.ConvertName(Kind.ToString());

    /// <summary>Reads an event; anybody may have written it.</summary>
    /// <param name="utf8">At most 16 KiB.</param>
    /// <returns>The event; null where it is none, or of a kind that this program does not know.</returns>
    public static ClusterEvent? Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MostBytes)
            return null;
        try
        {
            JsonNode json = JsonNode.Parse(utf8, documentOptions: new JsonDocumentOptions { MaxDepth = 4 })!;
            string kind = (string)json["kind"]!;
            if (!Enum.TryParse(kind.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out ClusterEventKind known) || !Enum.IsDefined(known))
                return null;
            return new ClusterEvent(known, (string)json["campaign"]!, (string)json["silo"]!)
            {
                Grain = (string?)json["grain"],
                Device = (string?)json["device"],
                Text = (string?)json["text"],
                Error = (string?)json["error"],
                Epoch = (int?)json["epoch"],
                Epochs = (int?)json["epochs"],
                Loss = (double?)json["loss"],
                Seconds = (double?)json["seconds"],
            };
        }
        catch (Exception damage) when (damage is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
