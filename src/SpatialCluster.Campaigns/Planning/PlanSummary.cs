using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>What a plan comes to, for <c>--dry-run</c>. Times are rough: see <c>docs/campaigns.md</c>.</summary>
public sealed record PlanSummary
{
    /// <summary>Per kind of grain, in the order of work.</summary>
    public required IReadOnlyList<PlanCount> Kinds { get; init; }

    /// <summary>Per method, its training runs, in the order of the document.</summary>
    public required IReadOnlyList<PlanCount> Methods { get; init; }

    /// <summary>Datasets.</summary>
    public required int Datasets { get; init; }

    /// <summary>Datasets with every perturbation.</summary>
    public required int Scenarios { get; init; }

    /// <summary>Seeds.</summary>
    public required int Seeds { get; init; }

    /// <summary>Rows of the report.</summary>
    public required int Rows { get; init; }

    /// <summary>All grains.</summary>
    public required PlanCount Total { get; init; }

    /// <summary>The grain that is not done and is forecast to take the most memory; null where all are done.</summary>
    public required PlannedGrain? Largest { get; init; }

    /// <summary>Seconds of one core that all grains are forecast to take.</summary>
    public required double TotalSeconds { get; init; }

    /// <summary>Seconds that those not done are forecast to take.</summary>
    public required double RemainingSeconds { get; init; }

    /// <summary>Seconds that the longest chain of grains not done takes: no number of machines is faster.</summary>
    public required double CriticalPathSeconds { get; init; }

    /// <summary>Sums a plan up.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="isDone">Whether a grain's result is there; null where nothing is known.</param>
    /// <returns>The summary.</returns>
    public static PlanSummary Of(PlannedCampaign campaign, Func<GrainKey, bool>? isDone = null)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        IReadOnlyList<PlannedGrain> grains = campaign.Plan.Grains;
        HashSet<GrainKey> done = isDone is null ? [] : [.. grains.Select(g => g.Key).Where(isDone)];
        PlannedGrain[] open = [.. grains.Where(g => !done.Contains(g.Key))];
        string[] kinds = [SliceSpec.KindName, ModalitySpec.KindName, TrainingRunSpec.KindName, EvaluationSpec.KindName, ReportSpec.KindName];
        (GrainKey Run, string Method)[] runs = [.. campaign.Rows.Select(r => (r.Run, r.Method)).Distinct()];
        return new PlanSummary
        {
            Kinds = [.. kinds.Select(kind => Count(kind, grains.Select(g => g.Key).Where(k => k.Kind == kind), done))],
            Methods = [.. runs.Select(r => r.Method).Distinct(StringComparer.Ordinal).Select(m => Count(m, runs.Where(r => r.Method == m).Select(r => r.Run), done))],
            Datasets = campaign.Rows.Select(r => r.Dataset).Distinct(StringComparer.Ordinal).Count(),
            Scenarios = campaign.Rows.Select(r => (r.Dataset, r.Perturbation, r.Level, r.Without)).Distinct().Count(),
            Seeds = campaign.Rows.Select(r => r.Seed).Distinct().Count(),
            Rows = campaign.Rows.Count,
            Total = Count("grains", grains.Select(g => g.Key), done),
            Largest = open.MaxBy(g => g.ForecastBytes),
            TotalSeconds = grains.Sum(g => g.ForecastSeconds),
            RemainingSeconds = open.Sum(g => g.ForecastSeconds),
            CriticalPathSeconds = CriticalPath(grains, done),
        };
    }

    private static PlanCount Count(string name, IEnumerable<GrainKey> keys, HashSet<GrainKey> done)
    {
        GrainKey[] all = [.. keys];
        return new PlanCount(name, all.Length, all.Count(done.Contains));
    }

    private static double CriticalPath(IReadOnlyList<PlannedGrain> grains, HashSet<GrainKey> done)
    {
        var finished = new Dictionary<GrainKey, double>();
        foreach (PlannedGrain grain in grains)
            finished.Add(grain.Key, grain.Inputs.Select(i => finished[i]).DefaultIfEmpty(0).Max() + (done.Contains(grain.Key) ? 0 : grain.ForecastSeconds));
        return finished.Values.DefaultIfEmpty(0).Max();
    }
}

/// <summary>How many there are of something.</summary>
/// <param name="Name">Of what.</param>
/// <param name="All">All of them.</param>
/// <param name="Done">Those whose results are there.</param>
public sealed record PlanCount(string Name, int All, int Done);
