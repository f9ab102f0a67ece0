namespace SpatialCluster.Campaigns.Submission;

/// <summary>Where a grain stands.</summary>
public enum GrainStanding
{
    /// <summary>Nobody works on it.</summary>
    Waiting,

    /// <summary>Somebody holds it.</summary>
    Running,

    /// <summary>Its result is there.</summary>
    Done,

    /// <summary>It was given up.</summary>
    Failed,
}
