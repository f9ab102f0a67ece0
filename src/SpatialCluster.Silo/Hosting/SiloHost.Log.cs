using Microsoft.Extensions.Logging;

namespace SpatialCluster.Silo.Hosting;

public static partial class SiloHost
{
    [LoggerMessage(EventId = 10, EventName = "SiloStarts", Level = LogLevel.Information, Message = "SpatialCluster {Program}, silo {Silo}: engine {Engine}, {Devices}, {MemoryMb} MB for grains.")]
    private static partial void LogStarts(ILogger logger, string program, string silo, string engine, string devices, long memoryMb);

    [LoggerMessage(EventId = 11, EventName = "SiloPlaces", Level = LogLevel.Information, Message = "Store {Store}, {Others}.")]
    private static partial void LogPlaces(ILogger logger, string store, string others);

    [LoggerMessage(EventId = 12, EventName = "SiloListens", Level = LogLevel.Information, Message = "Dashboard, health and metrics at {Urls}.")]
    private static partial void LogListens(ILogger logger, string urls);

    [LoggerMessage(EventId = 13, EventName = "SiloStops", Level = LogLevel.Information, Message = "Stopping: grains are given back, for at most {Seconds} seconds. Another signal ends the process at once.")]
    private static partial void LogStops(ILogger logger, double seconds);

    [LoggerMessage(EventId = 14, EventName = "SiloStopped", Level = LogLevel.Information, Message = "Everything was given back.")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 15, EventName = "SiloOverdue", Level = LogLevel.Warning, Message = "Not everything was given back within {Seconds} seconds; other silos take it over from its last checkpoints.")]
    private static partial void LogOverdue(ILogger logger, double seconds);

    [LoggerMessage(EventId = 16, EventName = "TelemetryGoes", Level = LogLevel.Information, Message = "Traces, metrics and logs go to {Collector}.")]
    private static partial void LogTelemetry(ILogger logger, string collector);

    [LoggerMessage(EventId = 17, EventName = "SiloNotReady", Level = LogLevel.Warning, Message = "Not ready: {Why}")]
    private static partial void LogNotReady(ILogger logger, string why);

    [LoggerMessage(EventId = 18, EventName = "SiloReady", Level = LogLevel.Information, Message = "Ready.")]
    private static partial void LogReady(ILogger logger);
}
