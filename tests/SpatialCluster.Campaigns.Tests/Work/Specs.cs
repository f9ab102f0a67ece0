using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Compute.Options;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;
using SpatialCluster.Simulation;
using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Campaigns.Tests.Work;

/// <summary>Small grains of each kind.</summary>
internal static class Specs
{
    public static SliceSpec Slice(params IReadOnlyList<Perturbation> perturbations) => new()
    {
        Simulation = new SimulationSource(new SimulationOptions
        {
            Rows = 12,
            Columns = 12,
            Seed = 3,
            Modalities = [SimulatedModality.Rna with { Features = 60 }, SimulatedModality.Protein with { Features = 20 }],
        }),
        Perturbations = perturbations,
    };

    public static ModalitySpec Modality(GrainKey slice, string name) => new()
    {
        Slice = slice,
        Modality = name,
        Preprocessing = name == "rna" ? new RnaPreprocessingOptions { Components = 10 } : new ProteinPreprocessingOptions { Components = 8 },
    };

    public static TrainingRunSpec Run(SliceSpec slice, IntegrationMethod? method = null, ulong seed = 1, int epochs = 20)
    {
        method ??= MethodCatalogue.SpaMi;
        return new TrainingRunSpec
        {
            Method = method,
            Options = Short(method.Presets[0].Options, epochs),
            Seed = seed,
            Slice = slice.Key,
            Modalities = [("rna", Modality(slice.Key, "rna").Key), ("protein", Modality(slice.Key, "protein").Key)],
        };
    }

    public static EvaluationSpec Evaluation(GrainKey run, GrainKey slice, ClusteringOptions? options = null, bool umap = false) =>
        new() { Run = run, Slice = slice, Clustering = options ?? new ClusteringOptions { Neighbours = 20 }, Umap = umap };

    public static ReportRow Row(string method, ulong seed, GrainKey evaluation, GrainKey run, GrainKey slice) => new()
    {
        Dataset = "small",
        DatasetType = "rna+protein",
        Perturbation = "noise",
        Level = 0.5,
        Without = "",
        Method = method,
        Variant = "",
        Ablation = false,
        Preset = "paper/simulated",
        MethodVersion = 1,
        Overrides = "",
        Seed = seed,
        Clusterer = "leiden",
        Run = run,
        Evaluation = evaluation,
        Slice = slice,
    };

    /// <summary>The options with few epochs, where the method has such.</summary>
    public static MethodOptions Short(MethodOptions options, int epochs)
    {
        foreach (string name in (string[])["epochs", "iterations", "max-iterations"])
        {
            if (OptionRecord.Names(options.GetType()).Contains(name))
                options = OptionRecord.With(options, name, epochs.ToString());
        }

        return options;
    }
}
