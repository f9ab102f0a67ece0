using System.Text.Json.Nodes;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>Something that is done to the counts of a slice.</summary>
/// <param name="Kind">
/// <c>noise</c> (Gaussian on every entry, deviation = level × the mean of the modality's non-zero values, clipped at 0),
/// <c>dropout</c> (each non-zero count is lost with probability level) or <c>depth</c> (counts are thinned to the share level).
/// A simulated slice has its noise from the simulation, which knows the modality's strength.
/// </param>
/// <param name="Level">How much.</param>
/// <param name="Modalities">Which modalities; empty for all.</param>
/// <param name="Seed">Decides what is drawn.</param>
public sealed record Perturbation(string Kind, double Level, IReadOnlyList<string> Modalities, ulong Seed)
{
    /// <summary>Gaussian noise.</summary>
    public const string Noise = "noise";

    /// <summary>Counts lost at random.</summary>
    public const string Dropout = "dropout";

    /// <summary>Fewer counts all over.</summary>
    public const string Depth = "depth";

    /// <summary>The perturbation as JSON.</summary>
    public JsonObject Json => new()
    {
        ["perturbation"] = Kind,
        ["level"] = Level,
        ["modalities"] = new JsonArray([.. Modalities.Select(m => (JsonNode)m)]),
        ["seed"] = Seed,
    };

    /// <summary>Reads a perturbation.</summary>
    /// <param name="json">As <see cref="Json"/> gives it.</param>
    /// <returns>The perturbation.</returns>
    public static Perturbation Parse(JsonObject json) => new(
        (string)json["perturbation"]!, (double)json["level"]!, [.. json["modalities"]!.AsArray().Select(m => (string)m!)], (ulong)json["seed"]!);
}
