namespace SpatialCluster.Methods.Training;

/// <summary>How a training is watched, stopped and continued; nothing here changes its result.</summary>
public sealed record TrainingControl
{
    /// <summary>Told after each epoch, on the training's own thread.</summary>
    public Action<TrainingProgress>? Progress { get; init; }

    /// <summary>Stops the training after the present epoch, with a checkpoint where there is a place for one.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Stops the training likewise, for its device to do something else meanwhile, but not before an epoch more is done.</summary>
    public CancellationToken Yield { get; init; }

    /// <summary>Where checkpoints go; null for none.</summary>
    public ITrainingCheckpoint? Checkpoint { get; init; }

    /// <summary>Whether the finished training is kept there, too: for a run whose outputs may fail to be written.</summary>
    public bool KeepsFinished { get; init; } = true;

    /// <summary>Time between two checkpoints.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Continues from the checkpoint, if there is one.</summary>
    public bool Resume { get; init; }

    /// <summary>The clock that checkpoints go by.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether a training is to stop now.</summary>
    /// <param name="epochs">How many were done since it began or was continued.</param>
    /// <returns>Whether.</returns>
    internal bool IsToStop(int epochs) => Cancellation.IsCancellationRequested || (epochs > 0 && Yield.IsCancellationRequested);
}
