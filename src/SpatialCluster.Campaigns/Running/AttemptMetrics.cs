using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Running;

/// <summary>What an attempt at a grain took. No digest depends on it.</summary>
public sealed record AttemptMetrics
{
    /// <summary>From the claim to the commit.</summary>
    public required double Seconds { get; init; }

    /// <summary>Of it, the work itself; the rest is what the machinery around it takes.</summary>
    public required double WorkSeconds { get; init; }

    /// <summary>The most memory that its matrices held at a time, and the managed memory asked for.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>The device, such as <c>cpu:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>The device's threads.</summary>
    public required int Threads { get; init; }

    /// <summary>The machine.</summary>
    public required string Machine { get; init; }

    /// <summary>When it ended.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>Whether it went on from an earlier attempt's checkpoint, so that <see cref="Seconds"/> is a part of the whole.</summary>
    public required bool Resumed { get; init; }

    /// <summary>The metrics as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => CanonicalJson.Bytes(new JsonObject
    {
        ["version"] = 1,
        ["seconds"] = Seconds,
        ["work-seconds"] = WorkSeconds,
        ["peak-bytes"] = PeakBytes,
        ["device"] = Device,
        ["threads"] = Threads,
        ["machine"] = Machine,
        ["ended"] = Ended.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["resumed"] = Resumed,
    });

    /// <summary>Reads metrics.</summary>
    /// <param name="utf8">As <see cref="ToJson"/> wrote them.</param>
    /// <returns>The metrics.</returns>
    public static AttemptMetrics Parse(ReadOnlySpan<byte> utf8)
    {
        JsonNode json = JsonNode.Parse(utf8)!;
        return new AttemptMetrics
        {
            Seconds = (double)json["seconds"]!,
            WorkSeconds = (double)json["work-seconds"]!,
            PeakBytes = (long)json["peak-bytes"]!,
            Device = (string)json["device"]!,
            Threads = (int)json["threads"]!,
            Machine = (string)json["machine"]!,
            Ended = DateTimeOffset.Parse((string)json["ended"]!, System.Globalization.CultureInfo.InvariantCulture),
            Resumed = (bool)json["resumed"]!,
        };
    }
}
