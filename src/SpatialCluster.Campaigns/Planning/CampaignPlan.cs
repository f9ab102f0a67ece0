using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>A campaign, expanded: all its grains, each after those it needs. The same document gives the same plan.</summary>
public sealed record CampaignPlan
{
    /// <summary>The version of the format that is written.</summary>
    public const int Version = 2;

    /// <summary>Names the campaign: the document's name, and the beginning of the digest of all its keys.</summary>
    public required string Id { get; init; }

    /// <summary>The document's name.</summary>
    public required string Name { get; init; }

    /// <summary>The document's description.</summary>
    public string Description { get; init; } = "";

    /// <summary>All grains, each after its inputs.</summary>
    public required IReadOnlyList<PlannedGrain> Grains { get; init; }

    /// <summary>The grain that makes the tables.</summary>
    public required GrainKey Report { get; init; }

    /// <summary>The blobs that came from outside.</summary>
    public required IReadOnlyList<ContentDigest> Inputs { get; init; }

    /// <summary>The plan as canonical JSON.</summary>
    /// <returns>UTF-8.</returns>
    public byte[] ToJson() => CanonicalJson.Bytes(new JsonObject
    {
        ["version"] = Version,
        ["id"] = Id,
        ["name"] = Name,
        ["description"] = Description,
        ["report"] = Report.Digest.Hex,
        ["inputs"] = new JsonArray([.. Inputs.Select(i => (JsonNode)i.Hex)]),
        ["grains"] = new JsonArray([.. Grains.Select(g => new JsonObject
        {
            ["kind"] = g.Key.Kind,
            ["digest"] = g.Key.Digest.Hex,
            ["inputs"] = new JsonArray([.. g.Inputs.Select(i => (JsonNode)i.ToString())]),
            ["code"] = g.Code,
            ["lane"] = g.Lane.ToString().ToLowerInvariant(),
            ["title"] = g.Title,
            ["bytes"] = g.ForecastBytes,
            ["seconds"] = g.ForecastSeconds,
        })]),
    });

    /// <summary>Reads a plan.</summary>
    /// <param name="utf8">As <see cref="ToJson"/> wrote it.</param>
    /// <param name="source">Where it lies, for messages.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="SpatialClusterException">Permanent: it is damaged, or of a newer version.</exception>
    public static CampaignPlan Parse(ReadOnlySpan<byte> utf8, string source)
    {
        try
        {
            JsonObject json = JsonNode.Parse(utf8)!.AsObject();
            int version = (int)json["version"]!;
            if (version != Version)
                throw new SpatialClusterException(FailureKind.Permanent, $"{source} is of version {version}, and this program reads version {Version}; {(version > Version ? "use a newer program" : "run the campaign's document again, and it is written anew")}.");
            return new CampaignPlan
            {
                Id = (string)json["id"]!,
                Name = (string)json["name"]!,
                Description = (string)json["description"]!,
                Report = new GrainKey("report", new ContentDigest((string)json["report"]!)),
                Inputs = [.. json["inputs"]!.AsArray().Select(i => new ContentDigest((string)i!))],
                Grains = [.. json["grains"]!.AsArray().Select(g => new PlannedGrain
                {
                    Key = new GrainKey((string)g!["kind"]!, new ContentDigest((string)g["digest"]!)),
                    Inputs = [.. g["inputs"]!.AsArray().Select(i => KeyOf((string)i!))],
                    Code = (string)g["code"]!,
                    Lane = Enum.Parse<Lane>((string)g["lane"]!, ignoreCase: true),
                    Title = (string)g["title"]!,
                    ForecastBytes = (long)g["bytes"]!,
                    ForecastSeconds = (double)g["seconds"]!,
                })],
            };
        }
        catch (Exception damage) when (damage is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException or BadInputException or FormatException or ArgumentException)
        {
            throw new SpatialClusterException(FailureKind.Permanent, $"{source} is damaged ({damage.Message}); run the campaign's document again, and it is written anew.", damage);
        }
    }

    /// <summary>Whether a plan was written by an earlier program, in a form that this one does not read.</summary>
    /// <param name="utf8">The plan.</param>
    /// <returns>Whether; a damaged one counts as such.</returns>
    internal static bool IsOlder(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return (int)JsonNode.Parse(utf8)!["version"]! < Version;
        }
        catch (Exception damage) when (damage is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException or FormatException)
        {
            return true;
        }
    }

    private static GrainKey KeyOf(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return new GrainKey(text[..slash], new ContentDigest(text[(slash + 1)..]));
    }
}
