using Microsoft.Extensions.Logging;

namespace SpatialCluster.Silo.Hosting;

public static partial class DashboardHost
{
    [LoggerMessage(EventId = 20, EventName = "DashboardListens", Level = LogLevel.Information, Message = "SpatialCluster {Program}: dashboard of {Store} at {Urls}; it changes nothing.")]
    private static partial void LogListens(ILogger logger, string program, string store, string urls);
}
