using System.Text.Json.Nodes;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>One modality of a slice that is loaded.</summary>
public sealed record ModalityFile
{
    /// <summary>The modality's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures, such as <c>rna</c>; null to go by the name.</summary>
    public string? Measures { get; init; }

    /// <summary>The file or folder, by its name among the source's files.</summary>
    public required string File { get; init; }

    /// <summary>The layer to take in place of X.</summary>
    public string? Layer { get; init; }

    /// <summary>The part of a file with several modalities.</summary>
    public string? Part { get; init; }

    /// <summary>Whether features stand in rows; null to go by the file's format: MatrixMarket by its names, other text as spots in rows.</summary>
    public bool? FeaturesInRows { get; init; }

    /// <summary>Whether the values are features already.</summary>
    public bool Preprocessed { get; init; }

    /// <summary>The modality as JSON.</summary>
    public JsonObject Json => new()
    {
        ["name"] = Name,
        ["measures"] = Measures,
        ["file"] = File,
        ["layer"] = Layer,
        ["part"] = Part,
        ["features-in-rows"] = FeaturesInRows,
        ["preprocessed"] = Preprocessed,
    };

    /// <summary>Reads a modality.</summary>
    /// <param name="json">As <see cref="Json"/> gives it.</param>
    /// <returns>The modality.</returns>
    public static ModalityFile Parse(JsonObject json) => new()
    {
        Name = (string)json["name"]!,
        Measures = (string?)json["measures"],
        File = (string)json["file"]!,
        Layer = (string?)json["layer"],
        Part = (string?)json["part"],
        FeaturesInRows = (bool?)json["features-in-rows"],
        Preprocessed = (bool)json["preprocessed"]!,
    };
}
