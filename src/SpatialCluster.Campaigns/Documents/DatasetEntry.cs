using SpatialCluster.Simulation;

namespace SpatialCluster.Campaigns.Documents;

/// <summary>A dataset of a campaign: simulated, or from files.</summary>
public sealed record DatasetEntry
{
    /// <summary>Where it stands.</summary>
    public required DocumentPlace Place { get; init; }

    /// <summary>Its name, unique.</summary>
    public required string Name { get; init; }

    /// <summary>What is drawn: exactly one of this and <see cref="Files"/>.</summary>
    public SimulationOptions? Simulation { get; init; }

    /// <summary>What is loaded: exactly one of this and <see cref="Simulation"/>.</summary>
    public FileDataset? Files { get; init; }

    /// <summary>The wanted number of domains, in place of the evaluation's; null to leave that.</summary>
    public int? Domains { get; init; }
}
