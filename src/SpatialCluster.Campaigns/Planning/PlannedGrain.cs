using SpatialCluster.Artifacts.Records;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>A grain as a plan holds it: enough to decide when and where it runs.</summary>
public sealed record PlannedGrain
{
    /// <summary>Its key.</summary>
    public required GrainKey Key { get; init; }

    /// <summary>The grains that must be done before.</summary>
    public required IReadOnlyList<GrainKey> Inputs { get; init; }

    /// <summary>The code that makes it, such as <c>slice.1</c>.</summary>
    public required string Code { get; init; }

    /// <summary>Where it wants to run.</summary>
    public required Lane Lane { get; init; }

    /// <summary>What it is, for people, such as <c>SpaMI on rna+protein noise 0.4, seed 2</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The memory that it is forecast to take.</summary>
    public required long ForecastBytes { get; init; }

    /// <summary>The time that it is forecast to take on one core; a rough figure.</summary>
    public required double ForecastSeconds { get; init; }
}
