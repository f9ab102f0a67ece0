using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Wnn;

/// <summary>Seurat's published parameters.</summary>
internal static class WnnPresets
{
    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        // The vignettes' dimensions. Centred log-ratios are per spot: Seurat's margin = 2. Its z-scores before PCA, its choice of
        // genes (vst) and Signac's TF-IDF are not among our preprocessings: ours are those that the other methods get.
        new Preset
        {
            Name = "seurat4",
            Origin = "Seurat 4.3's defaults; 2,000 genes and 30 components of RNA, 18 of protein, LSI components 2 to 30 of peaks, as in its vignettes, "
                + "without Seurat's scaling of features before PCA",
            Options = new WnnOptions(),
            Rna = new RnaPreprocessingOptions { MinSpots = 1, HighlyVariableGenes = 2000, Components = 30, FewerComponents = true },
            Protein = new ProteinPreprocessingOptions { Components = 18, FewerComponents = true },
            Atac = new AtacPreprocessingOptions { MinSpotFraction = 0, Components = 29, FewerComponents = true },
            Metabolite = new MetabolitePreprocessingOptions { Components = 30, FewerComponents = true },
        },
    ];
}
