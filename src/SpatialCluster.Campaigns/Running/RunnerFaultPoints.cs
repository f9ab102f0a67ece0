namespace SpatialCluster.Campaigns.Running;

/// <summary>Named moments of a grain's life before and after every durable step, for tests that end the process there.</summary>
public static class RunnerFaultPoints
{
    /// <summary>The grain is claimed, and its work has not begun.</summary>
    public const string Claimed = "grain.claimed";

    /// <summary>A checkpoint was written.</summary>
    public const string Checkpointed = "grain.checkpointed";

    /// <summary>The work is done and its outputs lie in the store; the result does not.</summary>
    public const string Worked = "grain.worked";

    /// <summary>Time and memory are recorded; the result is not there.</summary>
    public const string Measured = "grain.measured";

    /// <summary>The result is there; checkpoint and claim still are, and nobody was told.</summary>
    public const string Committed = "grain.committed";

    /// <summary>Checkpoint and claim are gone; nobody was told.</summary>
    public const string Released = "grain.released";

    /// <summary>Why a grain was given up is recorded; what depends on it is not marked.</summary>
    public const string Failed = "grain.failed";

    /// <summary>The document of a campaign is stored, its plan is not.</summary>
    public const string Documented = "campaign.documented";

    /// <summary>Document and specs are stored; the plan is not.</summary>
    public const string Specified = "campaign.specified";

    /// <summary>The plan is stored; no grain has begun.</summary>
    public const string Planned = "campaign.planned";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Claimed, Checkpointed, Worked, Measured, Committed, Released, Failed, Documented, Specified, Planned];
}
