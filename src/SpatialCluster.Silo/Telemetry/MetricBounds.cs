using OpenTelemetry.Metrics;
using SpatialCluster.Campaigns.Telemetry;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Where the buckets of our histograms end, in seconds: grains take from milliseconds to hours, calls of a store far less.</summary>
internal static class MetricBounds
{
    private static readonly double[] s_grain = [0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400, 43200];

    private static readonly double[] s_store = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];

    public static MeterProviderBuilder AddBounds(this MeterProviderBuilder builder) => builder
        .AddView(ClusterTelemetry.GrainDuration.Name, new ExplicitBucketHistogramConfiguration { Boundaries = s_grain })
        .AddView(ClusterTelemetry.StoreDuration.Name, new ExplicitBucketHistogramConfiguration { Boundaries = s_store })
        .AddView(ClusterTelemetry.CheckpointDuration.Name, new ExplicitBucketHistogramConfiguration { Boundaries = s_store });
}
