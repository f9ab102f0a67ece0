using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>A dataset after one perturbation, or none.</summary>
internal sealed record Scenario
{
    public required DatasetPlan Dataset { get; init; }

    /// <summary><c>none</c>, <c>noise</c>, <c>dropout</c>, <c>depth</c> or <c>without</c>.</summary>
    public required string Perturbation { get; init; }

    public double Level { get; init; }

    /// <summary>Modalities that training is not given.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    public required SliceSpec Slice { get; init; }

    public required GrainKey SliceKey { get; init; }

    /// <summary>The modalities that training is given, as indices of the dataset's.</summary>
    public IReadOnlyList<int> Present => [.. Enumerable.Range(0, Dataset.Modalities.Count).Where(m => !Without.Contains(Dataset.Modalities[m], StringComparer.Ordinal))];

    /// <summary>The slice for people.</summary>
    public string SliceTitle => Perturbation is "none" or "without" ? Dataset.Entry.Name : $"{Dataset.Entry.Name} {Perturbation} {Level:R}";

    /// <summary>The scenario for people.</summary>
    public string Title => Without.Count == 0 ? SliceTitle : $"{SliceTitle} without {string.Join('+', Without)}";
}
