using Microsoft.Extensions.Logging;

namespace SpatialCluster.Silo.Hosting;

public sealed partial class SiloWebHost
{
    [LoggerMessage(EventId = 1, EventName = "RequestFailed", Level = LogLevel.Error, Message = "{Method} {Path} failed.")]
    private static partial void LogFailed(ILogger logger, string method, string path, Exception failure);

    [LoggerMessage(EventId = 2, EventName = "TokenUnprotected", Level = LogLevel.Warning, Message = "The HTTP interface is reachable from other machines without TLS: whoever listens on the network between can read its token. Give --http-certificate, or put a proxy with TLS in front.")]
    private static partial void LogUnprotected(ILogger logger);
}
