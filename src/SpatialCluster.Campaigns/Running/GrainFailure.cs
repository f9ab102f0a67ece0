using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Running;

/// <summary>Why a grain was given up.</summary>
/// <param name="Message">One sentence.</param>
/// <param name="Attempt">The attempt that failed; 0 where the grain was never tried.</param>
/// <param name="Cause">The grain that failed before it, such as <c>slice/0a…</c>; null where it failed itself.</param>
public sealed record GrainFailure(string Message, int Attempt, string? Cause)
{
    private const int Version = 1;

    /// <summary>The failure as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => CanonicalJson.Bytes(new JsonObject { ["version"] = Version, ["message"] = Message, ["attempt"] = Attempt, ["cause"] = Cause });

    /// <summary>Reads a failure.</summary>
    /// <param name="utf8">As <see cref="ToJson"/> wrote it.</param>
    /// <param name="source">Where it lies, for messages.</param>
    /// <returns>The failure.</returns>
    /// <exception cref="SpatialClusterException">Permanent: it is damaged, or of a newer program.</exception>
    public static GrainFailure Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            JsonNode json = JsonNode.Parse(utf8)!;
            int version = (int)json["version"]!;
            if (version > Version)
                throw new NewerRecordException(source, version, Version);
            string message = (string?)json["message"] ?? throw new FormatException("no message");
            return new GrainFailure(message, (int)json["attempt"]!, (string?)json["cause"]);
        }
        catch (Exception damage) when (damage is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new SpatialClusterException(FailureKind.Permanent, $"{source} is damaged ({damage.Message}); delete it, and the grain is tried again.", damage);
        }
    }
}
