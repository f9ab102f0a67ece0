using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>A slice: simulated or loaded, and perturbed.</summary>
public sealed record SliceSpec : GrainSpec
{
    /// <summary>The kind.</summary>
    public const string KindName = "slice";

    /// <summary>Where it comes from: exactly one of <see cref="Simulation"/> and <see cref="Files"/>.</summary>
    public SimulationSource? Simulation { get; init; }

    /// <summary>Where it comes from: exactly one of <see cref="Simulation"/> and <see cref="Files"/>.</summary>
    public FileSource? Files { get; init; }

    /// <summary>What is done to it then, in order.</summary>
    public IReadOnlyList<Perturbation> Perturbations { get; init; } = [];

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override int Version => GrainVersions.Slice;

    /// <inheritdoc/>
    public override IReadOnlyList<GrainKey> Inputs => [];

    /// <summary>Reads a spec.</summary>
    /// <param name="json">As <see cref="GrainSpec.Json"/> gives it.</param>
    /// <returns>The spec.</returns>
    public static SliceSpec Parse(JsonObject json) => new()
    {
        Simulation = json["simulation"] is JsonObject simulation ? SimulationSource.Parse(simulation) : null,
        Files = json["files"] is JsonObject files ? FileSource.Parse(files) : null,
        Perturbations = [.. json["perturbations"]!.AsArray().Select(p => Perturbation.Parse(p!.AsObject()))],
    };

    /// <inheritdoc/>
    protected override JsonObject Body() => new()
    {
        ["simulation"] = Simulation?.Json,
        ["files"] = Files?.Json,
        ["perturbations"] = new JsonArray([.. Perturbations.Select(p => p.Json)]),
    };
}
