namespace SpatialCluster.Campaigns.Running;

/// <summary>How a grain ended.</summary>
public enum GrainState
{
    /// <summary>Its result is there, made now.</summary>
    Done,

    /// <summary>Its result was there already.</summary>
    Reused,

    /// <summary>It was given up; the store says why.</summary>
    Failed,
}
