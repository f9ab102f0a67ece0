using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Randomness;
using SpatialCluster.Data.Npy;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Data.Slices;

namespace SpatialCluster.Campaigns.Work;

/// <summary>Preprocesses one modality. Its random start is fixed, so that all seeds of all methods share the outcome.</summary>
internal sealed class ModalityWork : IGrainWork
{
    /// <summary>Spots × width, float32.</summary>
    public const string Features = "features.npy";

    public string Kind => ModalitySpec.KindName;

    public IReadOnlyList<string> Codes { get; } = [GrainSpec.CodeOf(ModalitySpec.KindName, GrainVersions.Modality)];

    public GrainProducts Run(JsonObject spec, GrainContext context)
    {
        ModalitySpec modality = ModalitySpec.Parse(spec);
        context.Begin($"read {modality.Modality}");
        Modality counts = StoredSlice.LoadModality(context.Input(modality.Slice), modality.Modality, context.CopyToFile, context.ScratchFolder);
        context.Begin($"preprocess {modality.Modality}");
        using PreprocessedModality preprocessed = Preprocessor.Fit(counts, modality.Preprocessing, context.Team, new RandomStream(0));
        context.Begin("write features");
        GrainOutput features = context.Put(Features, stream => NpyWriter.Write(stream, preprocessed.Features));
        return new GrainProducts([features], new JsonObject
        {
            ["modality"] = modality.Modality,
            ["recipe"] = PreprocessingRecipe.NameOf(modality.Preprocessing),
            ["spots"] = preprocessed.Features.Rows,
            ["width"] = preprocessed.Features.Columns,
            ["notes"] = new JsonArray([.. preprocessed.Notes.Select(n => (JsonNode)n)]),
        });
    }
}
