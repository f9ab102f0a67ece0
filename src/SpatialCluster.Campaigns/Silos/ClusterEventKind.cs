namespace SpatialCluster.Campaigns.Silos;

/// <summary>What may happen in a cluster.</summary>
public enum ClusterEventKind
{
    /// <summary>Messages were put into queues of a campaign: idle silos look at once.</summary>
    Work,

    /// <summary>A grain's work begins.</summary>
    GrainStarted,

    /// <summary>A grain is at another stage.</summary>
    GrainStage,

    /// <summary>An epoch of a training is done; told at most once a second for a grain.</summary>
    GrainEpoch,

    /// <summary>A grain has ended.</summary>
    GrainEnded,

    /// <summary>A silo gave a grain back unfinished.</summary>
    GrainReturned,

    /// <summary>Every grain of a campaign has ended.</summary>
    CampaignEnded,

    /// <summary>A campaign was cancelled: silos stop its grains.</summary>
    CampaignCancelled,

    /// <summary>A silo came, drains, or left.</summary>
    Silo,
}
