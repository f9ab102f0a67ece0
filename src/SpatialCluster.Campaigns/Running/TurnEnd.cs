namespace SpatialCluster.Campaigns.Running;

/// <summary>How a turn at a grain ended.</summary>
public enum TurnEnd
{
    /// <summary>The grain is done, or was given up.</summary>
    Ended,

    /// <summary>Somebody else works on it, or has taken it over meanwhile.</summary>
    Elsewhere,

    /// <summary>The turn was long enough: there is a checkpoint, and anybody may go on.</summary>
    Yielded,

    /// <summary>The attempt failed for a reason that may pass: anybody may try again.</summary>
    Again,
}
