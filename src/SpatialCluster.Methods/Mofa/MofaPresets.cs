using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.Mofa;

/// <summary>
/// MOFA+'s recommended use: options are mofapy2's defaults; features are what MOFA2's guide ("Getting started") and its FAQ ask
/// for: library sizes removed and logarithms taken, for ATAC as for RNA; highly variable features (the guide names no number);
/// nothing reduced, since the model is itself the reduction. Proteins are log-ratios, which remove the library size, too.
/// </summary>
internal static class MofaPresets
{
    private const int VariableFeatures = 2000;

    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        Of("default", "mofapy2's defaults, on log-normalised highly variable features as MOFA2's guide asks for them", new MofaOptions()),
        Of("scaled-views", "the same with each modality at unit variance, which the guide calls good practice where their ranges differ", new MofaOptions { ScaleViews = true }),
    ];

    private static Preset Of(string name, string origin, MofaOptions options) => new()
    {
        Name = name,
        Origin = origin,
        Options = options,
        Rna = Counts,
        Protein = new ProteinPreprocessingOptions(),
        Atac = Counts,
        Metabolite = new MetabolitePreprocessingOptions { Components = null },
        Domains = new DomainOptions(),
    };

    private static RnaPreprocessingOptions Counts => new() { MinSpots = 3, HighlyVariableGenes = VariableFeatures, Components = null };
}
