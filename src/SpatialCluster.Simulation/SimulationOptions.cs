using SpatialCluster.Simulation.Modalities;

namespace SpatialCluster.Simulation;

/// <summary>What slice to simulate.</summary>
public sealed record SimulationOptions
{
    /// <summary>The layout of the truth: a name that <see cref="Patterns.SpatialPattern.Named"/> knows.</summary>
    public string Pattern { get; init; } = "ggblocks";

    /// <summary>Rows of the grid of spots, a multiple of 6.</summary>
    public int Rows { get; init; } = 36;

    /// <summary>Columns of the grid of spots, a multiple of 6.</summary>
    public int Columns { get; init; } = 36;

    /// <summary>The modalities, names unique; each is drawn from its own streams.</summary>
    public IReadOnlyList<SimulatedModality> Modalities { get; init; } = [SimulatedModality.Rna, SimulatedModality.Protein];

    /// <summary>L: normal noise of standard deviation L × <see cref="SimulatedModality.Strength"/> on every entry. 0 gives none.</summary>
    public double NoiseLevel { get; init; }

    /// <summary>The seed of everything that is drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>Checks all that drawing a slice would check.</summary>
    /// <exception cref="Compute.Errors.BadInputException">No slice can be made from them; the message says why.</exception>
    public void Validate() => SimulationOptionsValidator.Check(this);
}
