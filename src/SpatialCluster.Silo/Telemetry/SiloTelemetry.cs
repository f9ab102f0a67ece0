using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using SpatialCluster.Campaigns.Telemetry;

namespace SpatialCluster.Silo.Telemetry;

/// <summary>Traces, metrics and logs of a process.</summary>
public sealed class SiloTelemetry : IAsyncDisposable
{
    /// <summary>The meters that are read: ours, the runtime's, the web server's.</summary>
    internal static readonly string[] Meters = [ClusterTelemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting"];

    // Where the engine on Orleans is at work: calls between grains, activations, membership. Its names are its own.
    private const string Orleans = "Microsoft.Orleans";

    private static readonly string[] s_orleansSources = ["Microsoft.Orleans.Application", "Microsoft.Orleans.Runtime"];

    // A silo that is told to end has seconds; a collector that does not answer must not take them all.
    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1.5);

    private readonly PrometheusExporter _exporter = new();
    private readonly MeterProvider _meters;
    private readonly TracerProvider? _tracers;
    private readonly ExportWatch? _watch;

    private SiloTelemetry(TelemetryOptions options, TextWriter log)
    {
        ResourceBuilder resource = ResourceBuilder.CreateEmpty().AddService(options.Service, serviceVersion: options.Version, serviceInstanceId: options.Instance);
        MeterProviderBuilder meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter([.. Meters, Orleans]).AddBounds().AddReader(new BaseExportingMetricReader(_exporter));
        if (options.Otlp is { } otlp)
        {
            meters.AddOtlpExporter(o => To(o, otlp, "metrics"));
            _tracers = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource([ClusterTelemetry.Name, .. s_orleansSources]).AddOtlpExporter(o => To(o, otlp, "traces")).Build();
        }

        _meters = meters.Build();
        Logs = LoggerFactory.Create(builder =>
        {
            // Of what others wrote, only what somebody should look at.
            builder.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning);
            builder.AddProvider(new LineLoggerProvider(log, options.Format, options.Redaction, options.Clock));
            if (options.Otlp is not { } collector)
                return;
            builder.AddOpenTelemetry(o =>
            {
                o.SetResourceBuilder(resource);
                o.IncludeFormattedMessage = true;
                o.AddProcessor(new RedactingProcessor(options.Redaction));
                o.AddOtlpExporter(e => To(e, collector, "logs"));
            });
        });
        if (options.Otlp is not null)
            _watch = new ExportWatch(Logs.CreateLogger("SpatialCluster.Telemetry"), options.Otlp.ToString());
    }

    /// <summary>Makes loggers.</summary>
    public ILoggerFactory Logs { get; }

    /// <summary>Begins.</summary>
    /// <param name="options">What is told, and where.</param>
    /// <param name="log">Where log lines go.</param>
    /// <returns>To be disposed, which sends what is left.</returns>
    public static SiloTelemetry Start(TelemetryOptions options, TextWriter log) => new(options, log);

    /// <summary>The metrics as they are now, in Prometheus' text format 0.0.4.</summary>
    /// <returns>The text.</returns>
    public string Metrics() => _exporter.Scrape();

    /// <summary>Sends what is left, for a second or so.</summary>
    /// <returns>When it is sent, or the time is over.</returns>
    public async ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        Task[] farewell = [Apart(_meters.Dispose), Apart(() => _tracers?.Dispose()), Apart(Logs.Dispose)];
        await Task.WhenAny(Task.WhenAll(farewell), Task.Delay(s_farewell)).ConfigureAwait(false);
    }

    // Each waits for the network without giving its thread back, and a small machine's pool has one or two.
    private static Task Apart(Action act) => Task.Factory.StartNew(act, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void To(OtlpExporterOptions options, OtlpAddress address, string signal)
    {
        options.Protocol = OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = address.For(signal);
    }
}
