namespace SpatialCluster.Artifacts.Maintenance;

/// <summary>What a collection may take.</summary>
public sealed record CollectionOptions
{
    /// <summary>
    /// What is younger stays, whether anything names it or not: a running process puts blobs before the result that names them.
    /// Zero only where no process uses the store; otherwise not below an hour.
    /// </summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Campaigns in which, and in whose grains, nothing was written for so long are forgotten; null for none.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>The ids of campaigns to be forgotten.</summary>
    public IReadOnlyList<string> Forget { get; init; } = [];

    /// <summary>Whether only to say what would go.</summary>
    public bool DryRun { get; init; }
}
