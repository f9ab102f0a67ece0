using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Options;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>Domains of one training run, their scores, and where wanted its layout in two dimensions.</summary>
public sealed record EvaluationSpec : GrainSpec
{
    /// <summary>The kind.</summary>
    public const string KindName = "evaluation";

    /// <summary>The training run.</summary>
    public required GrainKey Run { get; init; }

    /// <summary>The slice: places and truth.</summary>
    public required GrainKey Slice { get; init; }

    /// <summary>How domains are found.</summary>
    public required ClusteringOptions Clustering { get; init; }

    /// <summary>Whether the embedding is laid out by UMAP.</summary>
    public bool Umap { get; init; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override int Version => GrainVersions.Evaluation;

    /// <inheritdoc/>
    public override IReadOnlyList<GrainKey> Inputs => [Run, Slice];

    /// <summary>Reads a spec.</summary>
    /// <param name="json">As <see cref="GrainSpec.Json"/> gives it.</param>
    /// <returns>The spec.</returns>
    public static EvaluationSpec Parse(JsonObject json) => new()
    {
        Run = new GrainKey(TrainingRunSpec.KindName, new ContentDigest((string)json["run"]!)),
        Slice = new GrainKey(SliceSpec.KindName, new ContentDigest((string)json["slice"]!)),
        Clustering = OptionRecord.With(new ClusteringOptions(), json["clustering"]!.AsObject()),
        Umap = (bool)json["umap"]!,
    };

    /// <inheritdoc/>
    protected override JsonObject Body() => new()
    {
        ["run"] = Run.Digest.Hex,
        ["slice"] = Slice.Digest.Hex,
        ["clustering"] = OptionRecord.ToJson(Clustering),
        ["umap"] = Umap,
    };
}
