namespace SpatialCluster.Campaigns.Running;

/// <summary>How a runner works.</summary>
public sealed record GrainRunnerOptions
{
    /// <summary>Time between two checkpoints of a training: the most work that an interruption costs.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Attempts at a grain whose failures may pass, after which it is given up.</summary>
    public int MostAttempts { get; init; } = 5;

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
