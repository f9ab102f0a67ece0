using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.SpatialGlue;

/// <summary>
/// SpatialGlue's parameters by type of data: neighbours, epochs and weights from the original's <c>preprocess.py</c> and
/// <c>SpatialGlue_pyG.py</c>, preprocessing from its tutorials. They differ from ours in four things that cannot be said here:
/// their highly variable genes are of flavour <c>seurat_v3</c>; with protein they bring features to unit variance before PCA; they
/// do not binarise peaks; and with protein both modalities get as many components as there are proteins, less one. Here RNA
/// has the number that follows from the tutorial's own panel, and protein all components that its panel has.
/// </summary>
internal static class SpatialGluePresets
{
    /// <summary>RNA with protein, where nothing else is said.</summary>
    public const string Spots = "SPOTS";

    /// <summary>RNA with chromatin accessibility or histone marks.</summary>
    public const string Epigenome = "Spatial-epigenome-transcriptome";

    // More than any panel has.
    private const int AllComponents = 1000;

    // No peak is filtered away.
    private static readonly AtacPreprocessingOptions s_peaks = new() { MinSpotFraction = 0, Components = 50, FewerComponents = true };

    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        WithProtein(Spots, "SPOTS, mouse spleen, RNA with 21 proteins", 20, new SpatialGlueOptions { Epochs = 600, Neighbours = 3 }),
        WithProtein(
            "Stereo-CITE-seq",
            "Stereo-CITE-seq, mouse thymus, RNA with 22 proteins",
            21,
            new SpatialGlueOptions { Epochs = 1500, Neighbours = 6, ReconstructionWeights = [1, 10], CorrespondenceWeights = [1, 10] },
            minSpots: 50),
        WithProtein(
            "10x",
            "10x Visium, human lymph node, RNA with 31 proteins",
            30,
            new SpatialGlueOptions { Epochs = 200, Neighbours = 3, ReconstructionWeights = [1, 5], CorrespondenceWeights = [1, 10] }),
        new Preset
        {
            Name = Epigenome,
            Origin = "spatial epigenome–transcriptome, mouse brain, RNA with ATAC or histone marks",
            Options = new SpatialGlueOptions { Epochs = 1600, Neighbours = 6 },
            Rna = new RnaPreprocessingOptions { HighlyVariableGenes = 3000, Components = 50, FewerComponents = true },
            Protein = new ProteinPreprocessingOptions { Components = AllComponents, FewerComponents = true },
            Atac = s_peaks,
        },
    ];

    private static Preset WithProtein(string name, string origin, int components, SpatialGlueOptions options, int? minSpots = null) => new()
    {
        Name = name,
        Origin = origin,
        Options = options,
        Rna = new RnaPreprocessingOptions { HighlyVariableGenes = 3000, Components = components, FewerComponents = true },
        Protein = new ProteinPreprocessingOptions { MinSpots = minSpots, Components = AllComponents, FewerComponents = true },
        Atac = s_peaks,
    };
}
