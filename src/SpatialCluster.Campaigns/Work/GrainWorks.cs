using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Work;

/// <summary>The work of every kind of grain.</summary>
public static class GrainWorks
{
    /// <summary>One for each kind.</summary>
    public static IReadOnlyList<IGrainWork> All { get; } =
        [new SliceWork(), new ModalityWork(), new TrainingRunWork(), new EvaluationWork(), new ReportWork()];

    /// <summary>The work of a kind.</summary>
    /// <param name="kind">Such as <c>slice</c>.</param>
    /// <returns>Its work; null for a kind that nobody knows.</returns>
    public static IGrainWork? Find(string kind) => All.FirstOrDefault(w => w.Kind == kind);
}
