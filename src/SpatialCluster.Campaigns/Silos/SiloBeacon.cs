using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Silos;

/// <summary>What a silo last said of itself, in the store, where anybody may read it.</summary>
public sealed record SiloBeacon
{
    private const int Version = 1;

    /// <summary>A silo that was silent for so long is taken for gone.</summary>
    public static TimeSpan Silence { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Unlike that of every other silo, and part of artifact names: lower-case letters, digits and '-'.</summary>
    public required string Id { get; init; }

    /// <summary>The machine.</summary>
    public required string Machine { get; init; }

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>The engine.</summary>
    public required string Engine { get; init; }

    /// <summary>What it does with grains.</summary>
    public required SiloState State { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>When it said this.</summary>
    public required DateTimeOffset Said { get; init; }

    /// <summary>Bytes that its grains may take together.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>Where its dashboard is; null where it has none.</summary>
    public string? Address { get; init; }

    /// <summary>The code that it has, such as <c>slice.1</c>.</summary>
    public required IReadOnlyList<string> Codes { get; init; }

    /// <summary>Its devices.</summary>
    public required IReadOnlyList<DeviceReport> Devices { get; init; }

    /// <summary>Whether it is to be counted on.</summary>
    /// <param name="now">The time.</param>
    /// <returns>False where it has left, or was silent for long.</returns>
    public bool IsLive(DateTimeOffset now) => State != SiloState.Left && now - Said <= Silence;

    /// <summary>The beacon as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => CanonicalJson.Bytes(new JsonObject
    {
        ["version"] = Version,
        ["id"] = Id,
        ["machine"] = Machine,
        ["program"] = Program,
        ["engine"] = Engine,
        ["state"] = State.ToString().ToLowerInvariant(),
        ["started"] = Text(Started),
        ["said"] = Text(Said),
        ["memory-limit"] = MemoryLimit,
        ["address"] = Address,
        ["codes"] = new JsonArray([.. Codes.Select(c => (JsonNode)c)]),
        ["devices"] = new JsonArray([.. Devices.Select(d => new JsonObject
        {
            ["name"] = d.Name,
            ["lane"] = d.Lane,
            ["threads"] = d.Threads,
            ["campaign"] = d.Campaign,
            ["grain"] = d.Grain,
            ["title"] = d.Title,
            ["stage"] = d.Stage,
            ["epoch"] = d.Epoch,
            ["epochs"] = d.Epochs,
            ["since"] = d.Since is { } since ? Text(since) : null,
        })]),
    });

    /// <summary>Reads a beacon.</summary>
    /// <param name="utf8">As <see cref="ToJson"/> wrote it.</param>
    /// <returns>The beacon; null where it is damaged, or of a newer version.</returns>
    public static SiloBeacon? TryParse(ReadOnlySpan<byte> utf8)
    {
        try
        {
            JsonNode json = JsonNode.Parse(utf8)!;
            return new SiloBeacon
            {
                Id = (string)json["id"]!,
                Machine = (string)json["machine"]!,
                Program = (string)json["program"]!,
                Engine = (string)json["engine"]!,
                State = Enum.Parse<SiloState>((string)json["state"]!, ignoreCase: true),
                Started = Time(json["started"]!),
                Said = Time(json["said"]!),
                MemoryLimit = (long)json["memory-limit"]!,
                Address = (string?)json["address"],
                Codes = [.. json["codes"]!.AsArray().Select(c => (string)c!)],
                Devices = [.. json["devices"]!.AsArray().Select(d => new DeviceReport((string)d!["name"]!, (string)d["lane"]!, (int)d["threads"]!)
                {
                    Campaign = (string?)d["campaign"],
                    Grain = (string?)d["grain"],
                    Title = (string?)d["title"],
                    Stage = (string?)d["stage"],
                    Epoch = (int?)d["epoch"],
                    Epochs = (int?)d["epochs"],
                    Since = d["since"] is { } since ? Time(since) : null,
                })],
            };
        }
        catch (Exception damage) when (damage is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonNode text) => DateTimeOffset.Parse((string)text!, CultureInfo.InvariantCulture);
}
