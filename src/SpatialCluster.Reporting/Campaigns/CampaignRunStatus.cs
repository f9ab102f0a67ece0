namespace SpatialCluster.Reporting.Campaigns;

/// <summary>What became of a run.</summary>
public enum CampaignRunStatus
{
    /// <summary>It finished and was evaluated.</summary>
    Done,

    /// <summary>It failed for good.</summary>
    Failed,

    /// <summary>It was called off.</summary>
    Cancelled,

    /// <summary>It is in the plan and has not been run.</summary>
    Missing,
}
