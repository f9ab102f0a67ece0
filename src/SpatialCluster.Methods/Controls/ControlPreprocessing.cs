using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Controls;

/// <summary>The one preprocessing that all controls share, so that it is done once: the usual steps, up to 50 components, no slice refused.</summary>
internal static class ControlPreprocessing
{
    /// <summary>A control's only preset.</summary>
    public static Preset Preset(string origin, MethodOptions options) => new()
    {
        Name = "default",
        Origin = origin,
        Options = options,
        Rna = new RnaPreprocessingOptions { MinSpots = 1, HighlyVariableGenes = 2000, FewerComponents = true },
        Protein = new ProteinPreprocessingOptions(),
        Atac = new AtacPreprocessingOptions { FewerComponents = true },
        Metabolite = new MetabolitePreprocessingOptions { FewerComponents = true },
    };
}
