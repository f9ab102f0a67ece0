using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;

namespace SpatialCluster.Silo.Dashboard.Model;

/// <summary>A grain of a campaign, as it was seen last.</summary>
internal sealed class GrainView(PlannedGrain grain)
{
    public PlannedGrain Grain { get; } = grain;

    public GrainStanding Standing { get; set; } = GrainStanding.Waiting;

    /// <summary>When its result was written.</summary>
    public DateTimeOffset? Done { get; set; }

    public GrainFailure? Failure { get; set; }

    public GrainClaim? Claim { get; set; }

    /// <summary>The state in which failure or claim was read: read again only when it is another.</summary>
    public ArtifactTag? Read { get; set; }
}
