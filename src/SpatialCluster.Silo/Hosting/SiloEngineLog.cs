using Microsoft.Extensions.Logging;

namespace SpatialCluster.Silo.Hosting;

/// <summary>What an engine says.</summary>
internal static partial class SiloEngineLog
{
    /// <summary>Passes a sentence of an engine on.</summary>
    [LoggerMessage(EventId = 30, EventName = "Engine", Level = LogLevel.Warning, Message = "{Sentence}")]
    public static partial void Tell(this ILogger logger, string sentence);
}
