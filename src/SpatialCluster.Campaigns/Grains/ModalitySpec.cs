using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Options;
using SpatialCluster.Data.Preprocessing;

namespace SpatialCluster.Campaigns.Grains;

/// <summary>One modality of a slice, preprocessed: whatever methods want it in the same way share it.</summary>
public sealed record ModalitySpec : GrainSpec
{
    /// <summary>The kind.</summary>
    public const string KindName = "modality";

    /// <summary>The slice.</summary>
    public required GrainKey Slice { get; init; }

    /// <summary>The modality's name.</summary>
    public required string Modality { get; init; }

    /// <summary>How it is preprocessed.</summary>
    public required PreprocessingOptions Preprocessing { get; init; }

    /// <inheritdoc/>
    public override string Kind => KindName;

    /// <inheritdoc/>
    public override int Version => GrainVersions.Modality;

    /// <inheritdoc/>
    public override IReadOnlyList<GrainKey> Inputs => [Slice];

    /// <summary>Reads a spec.</summary>
    /// <param name="json">As <see cref="GrainSpec.Json"/> gives it.</param>
    /// <returns>The spec.</returns>
    public static ModalitySpec Parse(JsonObject json) => new()
    {
        Slice = new GrainKey(SliceSpec.KindName, new ContentDigest((string)json["slice"]!)),
        Modality = (string)json["modality"]!,
        Preprocessing = OptionRecord.With(PreprocessingRecipe.Named((string)json["recipe"]!), json["preprocessing"]!.AsObject()),
    };

    /// <inheritdoc/>
    protected override JsonObject Body() => new()
    {
        ["slice"] = Slice.Digest.Hex,
        ["modality"] = Modality,
        ["recipe"] = PreprocessingRecipe.NameOf(Preprocessing),
        ["preprocessing"] = OptionRecord.ToJson(Preprocessing),
    };
}
