using System.Text.Json.Nodes;
using SpatialCluster.Compute.Options;
using SpatialCluster.Simulation;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>A slice that is drawn.</summary>
/// <param name="Options">All that it depends on, the noise level included.</param>
public sealed record SimulationSource(SimulationOptions Options)
{
    /// <summary>The source as JSON.</summary>
    public JsonObject Json => new()
    {
        ["pattern"] = Options.Pattern,
        ["rows"] = Options.Rows,
        ["columns"] = Options.Columns,
        ["noise"] = Options.NoiseLevel,
        ["seed"] = Options.Seed,
        ["modalities"] = new JsonArray([.. Options.Modalities.Select(m => OptionRecord.ToJson(m))]),
    };

    /// <summary>Reads a source.</summary>
    /// <param name="json">As <see cref="Json"/> gives it.</param>
    /// <returns>The source.</returns>
    public static SimulationSource Parse(JsonObject json) => new(new SimulationOptions
    {
        Pattern = (string)json["pattern"]!,
        Rows = (int)json["rows"]!,
        Columns = (int)json["columns"]!,
        NoiseLevel = (double)json["noise"]!,
        Seed = (ulong)json["seed"]!,
        Modalities = [.. json["modalities"]!.AsArray().Select(m => OptionRecord.With(SimulatedModality.Rna, m!.AsObject()))],
    });
}
