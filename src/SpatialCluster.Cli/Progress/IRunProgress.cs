using SpatialCluster.Methods.Training;

namespace SpatialCluster.Cli.Progress;

/// <summary>Shows where a run stands.</summary>
internal interface IRunProgress
{
    /// <summary>A stage begins.</summary>
    void Stage(string name);

    /// <summary>An epoch ended.</summary>
    void Epoch(TrainingProgress progress);
}
