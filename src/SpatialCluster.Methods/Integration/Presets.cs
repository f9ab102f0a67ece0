using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Preprocessing;
using SpatialCluster.Methods.SpaMi;

namespace SpatialCluster.Methods.Integration;

/// <summary>
/// SpaMI's published parameters: the training's from the original's <c>main.py</c>, the rest from its four tutorials; where a
/// tutorial departs from the functions of <c>preprocess.py</c> on simulated data, both are here.
/// </summary>
public static class Presets
{
    /// <summary>The preset that holds where none is named.</summary>
    public const string Default = "paper/simulated";

    /// <summary>All presets.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new Preset
        {
            Name = Default,
            Origin = "simulated RNA with protein or ATAC (main.py's default; RNA and ATAC as preprocess.py prepares them, protein unfiltered as in tutorial 4)",
            SpaMi = new SpaMiOptions(),
            Rna = new RnaPreprocessingOptions { MinSpots = 3, HighlyVariableGenes = 1800, Components = 50 },
            Domains = new DomainOptions(),
        },
        new Preset
        {
            Name = "paper/simulated-tutorial",
            Origin = "simulated RNA with protein as the notebook prepares it: 100 components of all genes (tutorial 4)",
            SpaMi = new SpaMiOptions(),
            Rna = new RnaPreprocessingOptions { HighlyVariableGenes = null, Components = 100 },
            Domains = new DomainOptions(),
        },
        new Preset
        {
            Name = "paper/misar-e15",
            Origin = "MISAR-seq, mouse embryo E15 brain, RNA with ATAC (tutorial 1)",
            SpaMi = new SpaMiOptions { LearningRate = 0.01, Epochs = 800, EmbeddingWidth = 20, ReconstructionWeights = [10, 15], CosineWeight = 3 },
            Rna = new RnaPreprocessingOptions { HighlyVariableGenes = 1800, Components = 50 },
            Domains = new DomainOptions(),
        },
        new Preset
        {
            Name = "paper/mouse-brain-p22",
            Origin = "spatial ATAC-RNA-seq, mouse brain P22 (tutorial 2)",
            SpaMi = new SpaMiOptions { Epochs = 400, Neighbours = 6, ReconstructionWeights = [10, 15] },
            Rna = new RnaPreprocessingOptions { HighlyVariableGenes = 3000, Components = 50 },
            Domains = new DomainOptions { Resolution = 1.18, PrincipalComponents = 20 },
        },
        new Preset
        {
            Name = "paper/mouse-thymus",
            Origin = "Stereo-CITE-seq, mouse thymus, RNA with protein (tutorial 3)",
            SpaMi = new SpaMiOptions
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

    /// <summary>The preset of a name.</summary>
    /// <param name="name">As listed in <see cref="All"/>.</param>
    /// <returns>The preset.</returns>
    /// <exception cref="BadInputException">There is none; the message lists those there are.</exception>
    public static Preset Named(string name) =>
        All.FirstOrDefault(p => p.Name == name)
        ?? throw new BadInputException($"There is no preset '{name}'; --preset knows {string.Join(", ", All.Select(p => p.Name))}.");
}
