using System.Text.Json.Serialization;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Reporting.Campaigns;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>What a run campaign tells; the names are those of <c>--json</c>.</summary>
internal sealed record CampaignSummary
{
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required string Store { get; init; }
    public required int Grains { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CampaignOutcome? Outcome { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Seconds { get; init; }

    public required int Runs { get; init; }
    public required int FailedRuns { get; init; }
    public required int MissingRuns { get; init; }
    public required string? ResultsDigest { get; init; }
    public required IReadOnlyList<MethodScores> Methods { get; init; }
    public required IReadOnlyList<string> Errors { get; init; }
    public required CampaignOutputs Outputs { get; init; }
    public required IReadOnlyList<string> Notes { get; init; }

    public static CampaignSummary Of(
        CampaignPlan plan, CampaignReport report, CampaignOutcome? outcome, CampaignOutputs outputs, string store, double? seconds, IReadOnlyList<string> notes) => new()
    {
        Id = plan.Id,
        Name = plan.Name,
        Store = store,
        Grains = plan.Grains.Count,
        Outcome = outcome,
        Seconds = seconds is { } time ? Math.Round(time, 3) : null,
        Runs = report.Runs.Count,
        FailedRuns = report.Runs.Count(r => r.Status == CampaignRunStatus.Failed),
        MissingRuns = report.Runs.Count(r => r.Status is CampaignRunStatus.Missing or CampaignRunStatus.Cancelled),
        ResultsDigest = report.Provenance.ResultsDigest,
        Methods = [.. MethodScores.Of(report)],
        Errors = [.. report.Runs.Where(r => r.Status == CampaignRunStatus.Failed).Select(r => r.Error!).Distinct(StringComparer.Ordinal)],
        Outputs = outputs,
        Notes = notes,
    };
}
