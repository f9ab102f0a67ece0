using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Mofa;

/// <summary>MOFA+'s recommended use.</summary>
internal static class MofaPresets
{
    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new Preset
        {
            Name = "mofapy2",
            Origin = "mofapy2's defaults on features as MOFA2's documentation asks for them: counts (ATAC's, too) brought to size factors and log-transformed, "
                + "highly variable features; proteins as log-ratios",
            Options = new MofaOptions(),
            Rna = new RnaPreprocessingOptions { MinSpots = 3, HighlyVariableGenes = 2000, Components = null },
            Protein = new ProteinPreprocessingOptions(),
            Atac = new RnaPreprocessingOptions { MinSpots = 3, HighlyVariableGenes = 2000, Components = null },
            Metabolite = new MetabolitePreprocessingOptions { Components = null },
            Domains = new DomainOptions(),
        },
    ];
}
