using Microsoft.Extensions.Logging;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Silo.Telemetry;

namespace SpatialCluster.Silo.Hosting;

/// <summary>A silo as a process: engine, devices, telemetry and HTTP around one store, from start to stop.</summary>
public static partial class SiloHost
{
    // Beyond the engine's own grace: it keeps that itself, and this only bounds an engine that does not.
    private static readonly TimeSpan s_beyondGrace = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_devicePatience = TimeSpan.FromSeconds(5);

    /// <summary>Runs a silo until it is stopped.</summary>
    /// <param name="options">What it is started with.</param>
    /// <param name="stop">Stops it: it gives back what it has.</param>
    /// <returns>When it has stopped.</returns>
    /// <exception cref="Compute.Errors.SpatialClusterException">It cannot start, or cannot go on.</exception>
    public static async Task RunAsync(SiloHostOptions options, CancellationToken stop)
    {
        SiloTelemetry telemetry = SiloTelemetry.Start(options.Telemetry, options.Log);
        await using (telemetry.ConfigureAwait(false))
        {
            ILogger logger = telemetry.Logs.CreateLogger("SpatialCluster.Silo");
            IReadOnlyList<IComputeDevice> devices = options.Devices.Start();
            bool idle = true;
            try
            {
                (string shown, string store) = (options.Devices.ToString(), options.Store.Location);
                string others = options.Membership is { } membership ? $"membership {membership}" : $"broker {options.Broker}";
                LogStarts(logger, options.Program, options.Id, options.Engine, shown, options.MemoryLimit >> 20);
                LogPlaces(logger, store, others);
                if (options.Telemetry.Otlp?.ToString() is { } collector)
                    LogTelemetry(logger, collector);
                idle = await ServeAsync(options, telemetry, devices, logger, stop).ConfigureAwait(false);
            }
            finally
            {
                // A device that did not stop in time ends with the process; waiting for its thread would hold that up.
                if (idle)
                {
                    foreach (IComputeDevice device in devices)
                        device.Dispose();
                }
            }
        }
    }

    private static async Task<bool> ServeAsync(SiloHostOptions options, SiloTelemetry telemetry, IReadOnlyList<IComputeDevice> devices, ILogger logger, CancellationToken stop)
    {
        IArtifactStore store = StoreMeasurements.Measure(options.Store);
        var records = new GrainRecords(new ContentStore(store));
        string? address = null;
        SiloEngineParts made = await options.Engines(
            new SiloEngineRequest
            {
                Engine = options.Engine,
                Id = options.Id,
                Program = options.Program,
                Records = records,
                Broker = options.Broker,
                Membership = options.Membership,
                Devices = devices,
                MemoryLimit = options.MemoryLimit,
                Segment = options.Segment,
                Grace = options.Grace,
                Runner = options.Runner,
                Address = () => address,
                Logs = telemetry.Logs,
            },
            stop).ConfigureAwait(false);
        ISiloEngine engine = made.Engine;
        using CampaignIntake? intake = made.Submit is { } submit ? new CampaignIntake(store, options.Roots, submit) : null;
        SiloWebHost? web = null;
        try
        {
            using IDisposable gauges = SiloGauges.Watch(engine);
            if (options.Web is { } listening)
            {
                web = await SiloWebHost.StartAsync(listening, Parts(options, engine, intake, records, telemetry, devices), telemetry.Logs, stop).ConfigureAwait(false);
                address = web.Urls[0];
                string urls = string.Join(", ", web.Urls);
                LogListens(logger, urls);
            }

            return await RunEngineAsync(engine, options, logger, stop).ConfigureAwait(false);
        }
        finally
        {
            if (web is not null)
                await web.DisposeAsync().ConfigureAwait(false);
            await made.DisposeAsync().AsTask().WaitAsync(s_beyondGrace, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static SiloWebParts Parts(SiloHostOptions options, ISiloEngine engine, CampaignIntake? intake, GrainRecords records, SiloTelemetry telemetry, IReadOnlyList<IComputeDevice> devices)
    {
        var watch = new DeviceWatch(devices, () => engine.Beacon, s_devicePatience);
        return new SiloWebParts
        {
            Ailing = watch.AilingAsync,
            Trouble = _ => Task.FromResult(engine.IsReady ? null : engine.Trouble ?? "The engine is not ready."),
            Metrics = telemetry.Metrics,
            Submit = intake is null ? null : intake.TakeAsync,
            Routes = options.Dashboard?.Invoke(records, engine),
        };
    }

    // True where the engine gave everything back.
    private static async Task<bool> RunEngineAsync(ISiloEngine engine, SiloHostOptions options, ILogger logger, CancellationToken stop)
    {
        using var over = new CancellationTokenSource();
        Task readiness = TellReadinessAsync(engine, options.Runner.Clock, logger, over.Token);
        Task running = engine.RunAsync(stop);
        try
        {
            await Task.WhenAny(running, Task.Delay(Timeout.InfiniteTimeSpan, stop)).ConfigureAwait(false);
            if (!running.IsCompleted)
            {
                LogStops(logger, options.Grace.TotalSeconds);
                await Task.WhenAny(running, Task.Delay(options.Grace + s_beyondGrace, CancellationToken.None)).ConfigureAwait(false);
                if (!running.IsCompleted)
                {
                    LogOverdue(logger, options.Grace.TotalSeconds);
                    return false;
                }
            }

            try
            {
                await running.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // As good as an ordinary return: it was told to stop.
            }

            LogStopped(logger);
            return true;
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await readiness.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task TellReadinessAsync(ISiloEngine engine, TimeProvider clock, ILogger logger, CancellationToken over)
    {
        string? told = "";
        while (true)
        {
            string? trouble = engine.IsReady ? null : engine.Trouble;
            // The engine's first words are its own: what it does not know yet is no news.
            if (trouble != told && (engine.IsReady || trouble is not null))
            {
                told = trouble;
                if (trouble is null)
                    LogReady(logger);
                else
                    LogNotReady(logger, trouble);
            }

            await Task.Delay(s_look, clock, over).ConfigureAwait(false);
        }
    }
}
