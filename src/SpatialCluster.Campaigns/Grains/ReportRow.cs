using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>One training run with one evaluation, as the campaign's document calls it.</summary>
public sealed record ReportRow
{
    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its modalities, such as <c>rna+protein</c>.</summary>
    public required string DatasetType { get; init; }

    /// <summary>What was done to it: <c>none</c>, <c>noise</c>, <c>dropout</c>, <c>depth</c> or <c>without</c>.</summary>
    public required string Perturbation { get; init; }

    /// <summary>How much; 0 for none.</summary>
    public required double Level { get; init; }

    /// <summary>The modalities that were taken away, joined by '+'; empty for none.</summary>
    public required string Without { get; init; }

    /// <summary>The method's name.</summary>
    public required string Method { get; init; }

    /// <summary>What tells this entry of the method from others: its label in the document, such as <c>no contrastive</c>; empty for the plain one.</summary>
    public required string Variant { get; init; }

    /// <summary>Whether the variant is an ablation.</summary>
    public required bool Ablation { get; init; }

    /// <summary>The preset.</summary>
    public required string Preset { get; init; }

    /// <summary>The version of the method's code.</summary>
    public required int MethodVersion { get; init; }

    /// <summary>Parameters that differ from the preset's, such as <c>epochs 200, fusion concatenation</c>; empty for none.</summary>
    public required string Overrides { get; init; }

    /// <summary>The seed of the document; methods that draw nothing have one row per seed nevertheless, all of one run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What found the domains, such as <c>leiden</c>.</summary>
    public required string Clusterer { get; init; }

    /// <summary>The training run.</summary>
    public required GrainKey Run { get; init; }

    /// <summary>The evaluation.</summary>
    public required GrainKey Evaluation { get; init; }

    /// <summary>The slice.</summary>
    public required GrainKey Slice { get; init; }

    /// <summary>The row as JSON.</summary>
    public JsonObject Json => new()
    {
        ["dataset"] = Dataset,
        ["type"] = DatasetType,
        ["perturbation"] = Perturbation,
        ["level"] = Level,
        ["without"] = Without,
        ["method"] = Method,
        ["variant"] = Variant,
        ["ablation"] = Ablation,
        ["preset"] = Preset,
        ["method-version"] = MethodVersion,
        ["overrides"] = Overrides,
        ["seed"] = Seed,
        ["clusterer"] = Clusterer,
        ["run"] = Run.Digest.Hex,
        ["evaluation"] = Evaluation.Digest.Hex,
        ["slice"] = Slice.Digest.Hex,
    };

    /// <summary>Reads a row.</summary>
    /// <param name="json">As <see cref="Json"/> gives it.</param>
    /// <returns>The row.</returns>
    public static ReportRow Parse(JsonObject json) => new()
    {
        Dataset = (string)json["dataset"]!,
        DatasetType = (string)json["type"]!,
        Perturbation = (string)json["perturbation"]!,
        Level = (double)json["level"]!,
        Without = (string)json["without"]!,
        Method = (string)json["method"]!,
        Variant = (string)json["variant"]!,
        Ablation = (bool)json["ablation"]!,
        Preset = (string)json["preset"]!,
        MethodVersion = (int)json["method-version"]!,
        Overrides = (string)json["overrides"]!,
        Seed = (ulong)json["seed"]!,
        Clusterer = (string)json["clusterer"]!,
        Run = new GrainKey(TrainingRunSpec.KindName, new ContentDigest((string)json["run"]!)),
        Evaluation = new GrainKey(EvaluationSpec.KindName, new ContentDigest((string)json["evaluation"]!)),
        Slice = new GrainKey(SliceSpec.KindName, new ContentDigest((string)json["slice"]!)),
    };
}
