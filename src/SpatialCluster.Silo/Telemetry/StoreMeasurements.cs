using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Telemetry;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Counts the calls of a store among the metrics.</summary>
public static class StoreMeasurements
{
    /// <summary>Measures a store.</summary>
    /// <param name="store">The store; disposed with what is returned.</param>
    /// <returns>The same, measured.</returns>
    public static IArtifactStore Measure(IArtifactStore store) => MeasuredArtifactStore.Of(store, Record);

    private static void Record(StoreCall call) => ClusterTelemetry.StoreDuration.Record(
        call.Duration.TotalSeconds,
        new("operation", call.Operation.ToString().ToLowerInvariant()),
        new("outcome", call.Done ? "done" : "failed"));
}
