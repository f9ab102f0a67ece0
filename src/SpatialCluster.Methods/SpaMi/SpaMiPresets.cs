using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.Catalogue;

namespace SpatialCluster.Methods.SpaMi;

/// <summary>
/// SpaMI's published parameters: the training's from the original's <c>main.py</c>, the rest from its four tutorials; where a
/// tutorial departs from the functions of <c>preprocess.py</c> on simulated data, both are here.
/// </summary>
internal static class SpaMiPresets
{
    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new Preset
        {
            Name = "paper/simulated",
            Origin = "simulated RNA with protein or ATAC (main.py's default; RNA and ATAC as preprocess.py prepares them, protein unfiltered as in tutorial 4)",
            Options = new SpaMiOptions(),
            Rna = new RnaPreprocessingOptions { MinSpots = 3, HighlyVariableGenes = 1800, Components = 50 },
            Domains = new DomainOptions(),
        },
        new Preset
        {
            Name = "paper/simulated-tutorial",
            Origin = "simulated RNA with protein as the notebook prepares it: 100 components of all genes (tutorial 4)",
            Options = new SpaMiOptions(),
            Rna = new RnaPreprocessingOptions { HighlyVariableGenes = null, Components = 100 },
            Domains = new DomainOptions(),
        },
        new Preset
        {
            Name = "paper/misar-e15",
            Origin = "MISAR-seq, mouse embryo E15 brain, RNA with ATAC (tutorial 1)",
            Options = new SpaMiOptions { LearningRate = 0.01, Epochs = 800, EmbeddingWidth = 20, ReconstructionWeights = [10, 15], CosineWeight = 3 },
            Rna = new RnaPreprocessingOptions { HighlyVariableGenes = 1800, Components = 50 },
            Domains = new DomainOptions(),
        },
        new Preset
        {
            Name = "paper/mouse-brain-p22",
            Origin = "spatial ATAC-RNA-seq, mouse brain P22 (tutorial 2)",
            Options = new SpaMiOptions { Epochs = 400, Neighbours = 6, ReconstructionWeights = [10, 15] },
            Rna = new RnaPreprocessingOptions { HighlyVariableGenes = 3000, Components = 50 },
            Domains = new DomainOptions { Resolution = 1.18, PrincipalComponents = 20 },
        },
        new Preset
        {
            Name = "paper/mouse-thymus",
            Origin = "Stereo-CITE-seq, mouse thymus, RNA with protein (tutorial 3)",
            Options = new SpaMiOptions
            {
                LearningRate = 0.0001,
                Epochs = 600,
                ContrastiveWeights = [1, 5],
                ReconstructionWeights = [10, 25],
                CosineWeight = 1,
            },
            Rna = new RnaPreprocessingOptions { HighlyVariableGenes = 3000, Components = 21 },
            Protein = new ProteinPreprocessingOptions { MinSpots = 50 },
            Domains = new DomainOptions { Resolution = 0.55, PrincipalComponents = 20 },
        },
    ];
}
