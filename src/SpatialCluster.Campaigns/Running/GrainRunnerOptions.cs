namespace SpatialCluster.Campaigns.Running;

/// <summary>How a runner works.</summary>
public sealed record GrainRunnerOptions
{
    /// <summary>Time between two checkpoints of a training: the most work that an interruption costs.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Attempts at a grain whose failures may pass, after which it is given up.</summary>
    public int MostAttempts { get; init; } = 5;

    /// <summary>Attempts in a row that may end with their process, without a word or a checkpoint, before the grain is given up; null for any number.</summary>
    public int? MostCrashes { get; init; }

    /// <summary>Whether a training goes on when the store does not take a checkpoint for a reason that may pass; the next is tried in its time.</summary>
    public bool OutlivesStore { get; init; }

    /// <summary>Who claims; this process where null.</summary>
    public ClaimOwner? Owner { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
