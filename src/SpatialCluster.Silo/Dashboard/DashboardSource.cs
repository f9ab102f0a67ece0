using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Submission;

namespace SpatialCluster.Silo.Dashboard;

/// <summary>What a dashboard shows.</summary>
public sealed record DashboardSource
{
    /// <summary>What the store holds of grains.</summary>
    public required GrainRecords Records { get; init; }

    /// <summary>The campaigns of the store.</summary>
    public required CampaignStore Campaigns { get; init; }

    /// <summary>The silos that use the store.</summary>
    public required SiloRegistry Silos { get; init; }

    /// <summary>The silo's own engine; null for a dashboard that only reads, and asks the store from time to time.</summary>
    public ISiloEngine? Engine { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
