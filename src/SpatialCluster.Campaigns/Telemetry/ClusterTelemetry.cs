using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SpatialCluster.Campaigns.Telemetry;

/// <summary>What the cluster measures of itself. docs/metrics.md is the catalogue; a test compares the two.</summary>
public static class ClusterTelemetry
{
    /// <summary>The name of meter and activity source.</summary>
    public const string Name = "SpatialCluster";

    private static readonly Meter s_meter = new(Name);

    /// <summary>Spans: campaign, grain, stage.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Grains that ended here. Attributes: kind, state (done, reused, failed).</summary>
    public static Counter<long> GrainsEnded { get; } = s_meter.CreateCounter<long>("spatialcluster.grains.ended", "{grain}", "Grains that ended on this silo.");

    /// <summary>From the claim to the commit. Attributes: kind, device.</summary>
    public static Histogram<double> GrainDuration { get; } = s_meter.CreateHistogram<double>("spatialcluster.grain.duration", "s", "Time from the claim of a grain to the commit of its result.");

    /// <summary>Attempts that ended without a result. Attributes: cause (failed, transient, taken-over, returned, store, internal).</summary>
    public static Counter<long> AttemptsLost { get; } = s_meter.CreateCounter<long>("spatialcluster.attempts.lost", "{attempt}", "Attempts that ended without a result.");

    /// <summary>Grains taken over from an owner who ended without a word. Attributes: kind.</summary>
    public static Counter<long> GrainsTakenOver { get; } = s_meter.CreateCounter<long>("spatialcluster.grains.taken_over", "{grain}", "Grains taken over from a silo that ended without a word.");

    /// <summary>Time that a checkpoint took to write. No attributes.</summary>
    public static Histogram<double> CheckpointDuration { get; } = s_meter.CreateHistogram<double>("spatialcluster.checkpoint.duration", "s", "Time to write a checkpoint into the store.");

    /// <summary>Checkpoints that could not be written. No attributes.</summary>
    public static Counter<long> CheckpointFailures { get; } = s_meter.CreateCounter<long>("spatialcluster.checkpoint.failures", "{checkpoint}", "Checkpoints that the store did not take.");

    /// <summary>Epochs trained. No attributes.</summary>
    public static Counter<long> Epochs { get; } = s_meter.CreateCounter<long>("spatialcluster.training.epochs", "{epoch}", "Epochs of trainings done on this silo.");

    /// <summary>Time of a call of the store. Attributes: operation (put, replace, open, find, list, delete), outcome (done, failed).</summary>
    public static Histogram<double> StoreDuration { get; } = s_meter.CreateHistogram<double>("spatialcluster.store.duration", "s", "Time of a call of the artifact store.");

    /// <summary>Connections to the broker that were lost. No attributes.</summary>
    public static Counter<long> BrokerLosses { get; } = s_meter.CreateCounter<long>("spatialcluster.broker.losses", "{connection}", "Connections to the broker that were lost.");

    /// <summary>Begins to observe a silo: devices, busy devices (both by lane), waiting grains by lane, readiness.</summary>
    /// <param name="devices">Devices by lane.</param>
    /// <param name="busy">Busy devices by lane.</param>
    /// <param name="waiting">Waiting grains by lane.</param>
    /// <param name="ready">1 where the silo could take a grain, else 0.</param>
    public static void Observe(Func<IEnumerable<Measurement<long>>> devices, Func<IEnumerable<Measurement<long>>> busy, Func<IEnumerable<Measurement<long>>> waiting, Func<long> ready)
    {
        s_meter.CreateObservableGauge("spatialcluster.devices", devices, "{device}", "Devices of this silo.");
        s_meter.CreateObservableGauge("spatialcluster.devices.busy", busy, "{device}", "Devices of this silo that work on a grain.");
        s_meter.CreateObservableGauge("spatialcluster.grains.waiting", waiting, "{grain}", "Grains that wait for a device, in the whole cluster.");
        s_meter.CreateObservableGauge("spatialcluster.silo.ready", ready, "1", "Whether this silo could take a grain now.");
    }
}
