using System.Text.Json.Nodes;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Records;

/// <summary>
/// What came of a grain: nothing but what its spec determines, so that two runs of it give the same bytes. Time, memory and
/// machine are told elsewhere.
/// </summary>
public sealed record GrainResult
{
    /// <summary>The version of the format that is written.</summary>
    public const int Version = 1;

    /// <summary>The grain.</summary>
    public required GrainKey Key { get; init; }

    /// <summary>What it made, by name.</summary>
    public required IReadOnlyList<GrainOutput> Outputs { get; init; }

    /// <summary>Small facts, such as scores.</summary>
    public required JsonObject Values { get; init; }

    /// <summary>An output by its name.</summary>
    /// <param name="name">Such as <c>embedding.npy</c>.</param>
    /// <returns>The output; null where the grain made none of that name.</returns>
    public GrainOutput? Find(string name) => Outputs.FirstOrDefault(o => o.Name == name);

    /// <summary>The result as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson()
    {
        var outputs = new JsonObject();
        foreach (GrainOutput output in Outputs)
            outputs[output.Name] = new JsonObject { ["bytes"] = output.Bytes, ["sha256"] = output.Digest.Hex };
        return CanonicalJson.Bytes(new JsonObject
        {
            ["digest"] = Key.Digest.Hex,
            ["kind"] = Key.Kind,
            ["outputs"] = outputs,
            ["values"] = Values.DeepClone(),
            ["version"] = Version,
        });
    }

    /// <summary>Reads a result.</summary>
    /// <param name="utf8">As <see cref="ToJson"/> wrote it.</param>
    /// <param name="source">Where it lies, for messages.</param>
    /// <returns>The result.</returns>
    /// <exception cref="SpatialClusterException">Permanent: it is damaged, or of a newer version.</exception>
    public static GrainResult Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            JsonObject json = JsonNode.Parse(utf8)!.AsObject();
            int version = (int)json["version"]!;
            if (version > Version)
                throw new NewerRecordException(source, version, Version);
            return new GrainResult
            {
                Key = new GrainKey((string)json["kind"]!, new ContentDigest((string)json["digest"]!)),
                Outputs = [.. json["outputs"]!.AsObject().Select(o => new GrainOutput(o.Key, new ContentDigest((string)o.Value!["sha256"]!), (long)o.Value["bytes"]!))],
                Values = (JsonObject)json["values"]!.DeepClone(),
            };
        }
        catch (Exception damage) when (damage is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException or BadInputException or FormatException or ArgumentException)
        {
            throw new SpatialClusterException(FailureKind.Permanent, $"{source} is damaged ({damage.Message}); `store verify` finds such, and deleting it has it made anew.", damage);
        }
    }
}
