using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;

namespace SpatialCluster.Campaigns.Planning;

/// <summary>A plan with all that is needed to submit it.</summary>
public sealed record PlannedCampaign
{
    /// <summary>The plan.</summary>
    public required CampaignPlan Plan { get; init; }

    /// <summary>What each grain is to do.</summary>
    public required IReadOnlyDictionary<GrainKey, GrainSpec> Specs { get; init; }

    /// <summary>The rows of the report, in the order of the plan.</summary>
    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>What the author should know: what was left out, and what was taken where nothing was said.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
