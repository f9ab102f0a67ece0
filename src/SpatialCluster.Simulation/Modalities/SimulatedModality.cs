using SpatialCluster.Compute.Errors;
using SpatialCluster.Data.Slices;
using SpatialCluster.Simulation.Sampling;

namespace SpatialCluster.Simulation.Modalities;

/// <summary>
/// The parameters of one simulated modality. Feature j carries one spatial factor s(j) and one non-spatial on/off factor
/// u(j); the mean of spot i is <c>Background + SpatialShare · Strength · F[i, s(j)] + (1 − SpatialShare) · Strength · U[i, u(j)]</c>
/// with U ~ Bernoulli(<see cref="OnProbability"/>), independent over spots and factors.
/// </summary>
public sealed record SimulatedModality
{
    /// <summary>The modality's name in the slice; its random streams are named after it.</summary>
    public required string Name { get; init; }

    /// <summary>What it measures.</summary>
    public required ModalityKind Kind { get; init; }

    /// <summary>What comes before the underscore in feature names: <c>gene</c> gives <c>gene_0</c>, <c>gene_1</c>, ….</summary>
    public required string FeaturePrefix { get; init; }

    /// <summary>Number of features, at least 1.</summary>
    public required int Features { get; init; }

    /// <summary>m: how much an active pair of factors adds to the mean. Positive.</summary>
    public required double Strength { get; init; }

    /// <summary>The mean where no factor is active. Not negative.</summary>
    public required double Background { get; init; }

    /// <summary>p: how often a non-spatial factor is on, 0 … 1.</summary>
    public required double OnProbability { get; init; }

    /// <summary>The share of entries that are set to zero before noise, 0 … 1.</summary>
    public double ZeroInflation { get; init; }

    /// <summary>How values scatter around their mean.</summary>
    public CountDistribution Distribution { get; init; }

    /// <summary>r: the shape of the gamma distribution behind <see cref="Distribution"/>. Positive; without meaning for Poisson.</summary>
    public double Shape { get; init; } = 10;

    /// <summary>The share of <see cref="Strength"/> that the spatial factor carries, 0 … 1; the non-spatial one has the rest.</summary>
    public double SpatialShare { get; init; } = 0.55;

    /// <summary>Number of non-spatial factors, at least 1.</summary>
    public int NonSpatialFactors { get; init; } = 3;

    /// <summary>Whether noisy values are rounded (to even) before they are clipped at 0; else they are only clipped.</summary>
    public bool RoundNoisy { get; init; }

    /// <summary>1,000 genes, zero-inflated negative binomial.</summary>
    public static SimulatedModality Rna { get; } = new()
    {
        Name = "rna",
        Kind = ModalityKind.Rna,
        FeaturePrefix = "gene",
        Features = 1000,
        Strength = 20,
        Background = 0.2,
        OnProbability = 0.20,
        ZeroInflation = 0.5,
        Distribution = CountDistribution.NegativeBinomial,
    };

    /// <summary>100 proteins, negative binomial.</summary>
    public static SimulatedModality Protein { get; } = new()
    {
        Name = "protein",
        Kind = ModalityKind.Protein,
        FeaturePrefix = "protein",
        Features = 100,
        Strength = 20,
        Background = 0.4,
        OnProbability = 0.25,
        Distribution = CountDistribution.NegativeBinomial,
    };

    /// <summary>1,000 peaks, zero-inflated Poisson; noisy values stay integers.</summary>
    public static SimulatedModality Atac { get; } = new()
    {
        Name = "atac",
        Kind = ModalityKind.Atac,
        FeaturePrefix = "peak",
        Features = 1000,
        Strength = 1,
        Background = 0.2,
        OnProbability = 0.20,
        ZeroInflation = 0.5,
        Distribution = CountDistribution.Poisson,
        RoundNoisy = true,
    };

    /// <summary>1,000 bins of a histone mark: drawn as <see cref="Atac"/>.</summary>
    public static SimulatedModality Histone { get; } = Atac with { Name = "histone", Kind = ModalityKind.Histone, FeaturePrefix = "bin" };

    /// <summary>
    /// 150 metabolites: continuous intensities, gamma-distributed with a coefficient of variation of 1/√10 about the mean that
    /// the factors give, a tenth of them below the limit of detection and thus zero.
    /// </summary>
    public static SimulatedModality Metabolite { get; } = new()
    {
        Name = "metabolite",
        Kind = ModalityKind.Metabolite,
        FeaturePrefix = "metabolite",
        Features = 150,
        Strength = 20,
        Background = 1,
        OnProbability = 0.25,
        ZeroInflation = 0.1,
        Distribution = CountDistribution.Gamma,
    };

    /// <summary>The modalities that can be asked for by name.</summary>
    public static IReadOnlyList<SimulatedModality> Presets { get; } = [Rna, Protein, Atac, Histone, Metabolite];

    /// <summary>Finds a preset by name.</summary>
    /// <param name="name">Such as <c>rna</c>; letters of either case.</param>
    /// <returns>The preset, to be varied by <c>with</c>.</returns>
    /// <exception cref="BadInputException">There is no preset of that name.</exception>
    public static SimulatedModality Named(string name) =>
        Presets.FirstOrDefault(p => string.Equals(p.Name, name.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new BadInputException($"There is no modality '{name}' to simulate; use {string.Join(", ", Presets.Select(p => p.Name))}.");
}
