using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Running;

/// <summary>Why a grain was given up.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="Attempt">The attempt that failed; 0 where the grain was never tried.</param>
/// <param name="Cause">The grain that failed before it, such as <c>slice/0a…</c>; null where it failed itself.</param>
public sealed record GrainFailure(string Message, int Attempt, string? Cause)
{
    /// <summary>The failure as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => CanonicalJson.Bytes(new JsonObject { ["version"] = 1, ["message"] = Message, ["attempt"] = Attempt, ["cause"] = Cause });

    /// <summary>Reads a failure.</summary>
    /// <param name="utf8">As <see cref="ToJson"/> wrote it.</param>
    /// <returns>The failure.</returns>
    public static GrainFailure Parse(ReadOnlySpan<byte> utf8)
    {
        JsonNode json = JsonNode.Parse(utf8)!;
        return new GrainFailure((string)json["message"]!, (int)json["attempt"]!, (string?)json["cause"]);
    }
}
