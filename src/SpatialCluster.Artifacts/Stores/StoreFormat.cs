using System.Text.Json;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Artifacts.Stores;

/// <summary>What <see cref="NameRules.Marker"/> says in every kind of store: that it is one, and of which version.</summary>
internal static class StoreFormat
{
    /// <summary>The version that is known.</summary>
    public const int Version = 1;

    private const string Format = "spatialcluster-store";

    /// <summary>The content of a new store's marker.</summary>
    public static byte[] Marker() => CanonicalJson.Bytes(new JsonObject { ["format"] = Format, ["version"] = Version });

    /// <summary>Refuses what is no store, and what is newer.</summary>
    /// <param name="content">Of the marker.</param>
    /// <param name="marker">Where the marker is, for messages.</param>
    /// <param name="store">Where the store is, for messages.</param>
    /// <param name="other">What else to choose, such as <c>another folder</c>.</param>
    /// <exception cref="BadInputException">It is none, or newer.</exception>
    public static void Check(byte[] content, string marker, string store, string other)
    {
        int version;
        try
        {
            JsonNode json = JsonNode.Parse(content)!;
            version = (string?)json["format"] == Format ? (int)json["version"]! : throw new BadInputException($"{marker} is not that of an artifact store; choose {other}.");
        }
        catch (Exception damage) when (damage is JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            throw new BadInputException($"{marker} is damaged, so this may be no artifact store; where it is, write {{\"format\":\"{Format}\",\"version\":{Version}}} into it.", damage);
        }

        if (version > Version)
            throw new BadInputException($"The store at {store} is of version {version}, and this program knows up to {Version}; use a newer program.");
    }
}
