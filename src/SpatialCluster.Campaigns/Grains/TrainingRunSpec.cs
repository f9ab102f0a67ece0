using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Options;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>One method on one slice with one seed.</summary>
public sealed record TrainingRunSpec : GrainSpec
{
    /// <summary>The kind.</summary>
    public const string KindName = "training-run";

    /// <summary>The method.</summary>
    public required IntegrationMethod Method { get; init; }

    /// <summary>Its hyper-parameters.</summary>
    public required MethodOptions Options { get; init; }

    /// <summary>The seed; 0 for a method that draws nothing.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The slice: places, and the truth for a method that is shown it.</summary>
    public required GrainKey Slice { get; init; }

    /// <summary>The preprocessed modalities by name, in the order in which the method gets them.</summary>
    public required IReadOnlyList<(string Name, GrainKey Key)> Modalities { get; init; }

    /// <summary>The numerical backend.</summary>
    public string Backend { get; init; } = "cpu";

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override int Version => GrainVersions.TrainingRun;

    /// <inheritdoc/>
    public override string Code => CodeOf(Method);

    /// <inheritdoc/>
    public override IReadOnlyList<GrainKey> Inputs => [Slice, .. Modalities.Select(m => m.Key)];

    /// <summary>Names the code of runs of a method.</summary>
    /// <param name="method">The method.</param>
    /// <returns>Such as <c>training-run.1.spami.2</c>.</returns>
    public static string CodeOf(IntegrationMethod method) => $"{CodeOf(KindName, GrainVersions.TrainingRun)}.{CodeOf(method.Name, method.Version)}";

    /// <summary>Reads a spec.</summary>
    /// <param name="json">As <see cref="GrainSpec.Json"/> gives it.</param>
    /// <returns>The spec.</returns>
    public static TrainingRunSpec Parse(JsonObject json)
    {
        IntegrationMethod method = MethodCatalogue.Named((string)json["method"]!);
        return new TrainingRunSpec
        {
            Method = method,
            Options = OptionRecord.With(method.Presets[0].Options, json["options"]!.AsObject()),
            Seed = (ulong)json["seed"]!,
            Slice = new GrainKey(SliceSpec.KindName, new ContentDigest((string)json["slice"]!)),
            Modalities = [.. json["modalities"]!.AsArray().Select(m => ((string)m!["name"]!, new GrainKey(ModalitySpec.KindName, new ContentDigest((string)m["modality"]!))))],
            Backend = (string)json["backend"]!,
        };
    }

    /// <inheritdoc/>
    protected override JsonObject Body() => new()
    {
        ["method"] = Method.Name,
        ["method-version"] = Method.Version,
        ["options"] = OptionRecord.ToJson(Options),
        ["seed"] = Seed,
        ["slice"] = Slice.Digest.Hex,
        ["modalities"] = new JsonArray([.. Modalities.Select(m => new JsonObject { ["name"] = m.Name, ["modality"] = m.Key.Digest.Hex })]),
        ["backend"] = Backend,
    };
}
