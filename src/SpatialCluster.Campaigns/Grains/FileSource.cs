using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>A slice that is loaded from files, which lie in the store as blobs.</summary>
public sealed record FileSource
{
    /// <summary>The slice's modalities.</summary>
    public required IReadOnlyList<ModalityFile> Modalities { get; init; }

    /// <summary>Where coordinates come from, as the option <c>--coordinates</c> has it with a file of <see cref="Files"/>; null for the first modality's own.</summary>
    public string? Coordinates { get; init; }

    /// <summary>Where the truth comes from, as the option <c>--truth</c> has it with a file of <see cref="Files"/>; null for none.</summary>
    public string? Truth { get; init; }

    /// <summary>Goes on with the spots that all modalities share, where fewer than 95 % match.</summary>
    public bool AllowUnmatched { get; init; }

    /// <summary>All files by the names that the rest calls them; those of a folder are called <c>folder/file</c>.</summary>
    public required IReadOnlyList<InputFile> Files { get; init; }

    /// <summary>The source as JSON.</summary>
    public JsonObject Json => new()
    {
        ["modalities"] = new JsonArray([.. Modalities.Select(m => m.Json)]),
        ["coordinates"] = Coordinates,
        ["truth"] = Truth,
        ["allow-unmatched"] = AllowUnmatched,
        ["files"] = new JsonArray([.. Files.Select(f => new JsonObject { ["name"] = f.Name, ["sha256"] = f.Content.Hex, ["bytes"] = f.Bytes })]),
    };

    /// <summary>Reads a source.</summary>
    /// <param name="json">As <see cref="Json"/> gives it.</param>
    /// <returns>The source.</returns>
    public static FileSource Parse(JsonObject json) => new()
    {
        Modalities = [.. json["modalities"]!.AsArray().Select(m => ModalityFile.Parse(m!.AsObject()))],
        Coordinates = (string?)json["coordinates"],
        Truth = (string?)json["truth"],
        AllowUnmatched = (bool)json["allow-unmatched"]!,
        Files = [.. json["files"]!.AsArray().Select(f => new InputFile((string)f!["name"]!, new ContentDigest((string)f["sha256"]!), (long)f["bytes"]!))],
    };
}
