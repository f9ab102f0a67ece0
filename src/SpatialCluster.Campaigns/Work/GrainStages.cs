using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Work;

/// <summary>How the work of a grain goes from one stage to the next.</summary>
internal static class GrainStages
{
    /// <summary>Begins a stage, unless the work is to stop.</summary>
    public static void Begin(this GrainContext context, string stage)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        context.Stage(stage);
    }
}
