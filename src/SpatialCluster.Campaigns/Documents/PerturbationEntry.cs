namespace SpatialCluster.Campaigns.Documents;

/// <summary>One axis of perturbations.</summary>
public sealed record PerturbationEntry
{
    /// <summary>The axis that leaves datasets as they are.</summary>
    public const string None = "none";

    /// <summary>The axis that takes modalities away.</summary>
    public const string Without = "without";

    /// <summary>Where it stands.</summary>
    public required DocumentPlace Place { get; init; }

    /// <summary><c>none</c>, <c>noise</c>, <c>dropout</c>, <c>depth</c> or <c>without</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The levels of noise, dropout and depth, each once.</summary>
    public IReadOnlyList<double> Levels { get; init; } = [];

    /// <summary>For <c>without</c>: the modalities that are taken away together, one entry per run.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Removals { get; init; } = [];

    /// <summary>The modalities that it concerns; empty for all.</summary>
    public IReadOnlyList<string> Modalities { get; init; } = [];

    /// <summary>The datasets that it concerns; empty for all.</summary>
    public IReadOnlyList<string> Datasets { get; init; } = [];

    /// <summary>Decides what is drawn.</summary>
    public ulong Seed { get; init; }
}
