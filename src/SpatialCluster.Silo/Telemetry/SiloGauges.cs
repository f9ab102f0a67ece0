using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Telemetry;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>What is measured of a silo when somebody looks: its devices, what waits, whether it is ready.</summary>
public static class SiloGauges
{
    private static readonly Lock s_lock = new();
    private static ImmutableArray<ISiloEngine> s_engines = [];
    private static bool s_observed;

    /// <summary>Begins to measure a silo. Instruments are the process's and made once, however many silos come and go in it.</summary>
    /// <param name="engine">The silo.</param>
    /// <returns>Ends it when disposed.</returns>
    public static IDisposable Watch(ISiloEngine engine)
    {
        lock (s_lock)
        {
            s_engines = s_engines.Add(engine);
            if (!s_observed)
            {
                s_observed = true;
                ClusterTelemetry.Observe(() => Devices(busy: false), () => Devices(busy: true), Waiting, () => s_engines.Any(e => e.IsReady) ? 1 : 0);
            }
        }

        return new Watching(engine);
    }

    private static IEnumerable<Measurement<long>> Devices(bool busy) =>
        from device in s_engines.SelectMany(e => e.Beacon.Devices)
        group device by device.Lane into lane
        select Of(lane.Count(d => !busy || d.Grain is not null), lane.Key);

    // Every silo sees the same queues.
    private static IEnumerable<Measurement<long>> Waiting() =>
        from waiting in s_engines.SelectMany(e => e.Waiting)
        group waiting.Value by waiting.Key into lane
        select Of(lane.Max(), lane.Key.ToString().ToLowerInvariant());

    private static Measurement<long> Of(long value, string lane) => new(value, new KeyValuePair<string, object?>("lane", lane));

    private sealed class Watching(ISiloEngine engine) : IDisposable
    {
        public void Dispose()
        {
            lock (s_lock)
                s_engines = s_engines.Remove(engine);
        }
    }
}
