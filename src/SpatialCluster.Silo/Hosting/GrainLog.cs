using Microsoft.Extensions.Logging;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Silo.Hosting;

/// <summary>A line for each grain that begins here and one for its end, so that whoever looks at a silo sees it live.</summary>
/// <param name="logger">Where to.</param>
/// <param name="campaign">The campaign.</param>
internal sealed partial class GrainLog(ILogger logger, string campaign) : IGrainObserver
{
    public void Started(PlannedGrain grain, string device) => LogBegins(logger, grain.Title, campaign, device);

    public void Stage(PlannedGrain grain, string stage)
    {
        // Beginnings and ends are enough for a log; the dashboard and traces have the rest.
    }

    public void Epoch(PlannedGrain grain, TrainingProgress progress)
    {
        // As above.
    }

    public void Returned(PlannedGrain grain, string? cause)
    {
        if (cause is not null)
            LogReturned(logger, grain.Title, campaign, cause);
    }

    public void Ended(PlannedGrain grain, GrainOutcome outcome)
    {
        switch (outcome.State)
        {
            case GrainState.Failed:
                LogFailed(logger, grain.Title, campaign, outcome.Error ?? "no reason is known");
                break;
            case GrainState.Reused:
                LogReused(logger, grain.Title, campaign);
                break;
            default:
                LogDone(logger, grain.Title, campaign, outcome.Seconds);
                break;
        }
    }

    [LoggerMessage(EventId = 20, EventName = "GrainBegins", Level = LogLevel.Information, Message = "{Title} of {Campaign} begins on {Device}.")]
    private static partial void LogBegins(ILogger logger, string title, string campaign, string device);

    [LoggerMessage(EventId = 21, EventName = "GrainDone", Level = LogLevel.Information, Message = "{Title} of {Campaign} is done after {Seconds:F1} s.")]
    private static partial void LogDone(ILogger logger, string title, string campaign, double seconds);

    [LoggerMessage(EventId = 22, EventName = "GrainReused", Level = LogLevel.Information, Message = "{Title} of {Campaign} was done before.")]
    private static partial void LogReused(ILogger logger, string title, string campaign);

    [LoggerMessage(EventId = 23, EventName = "GrainFailed", Level = LogLevel.Warning, Message = "{Title} of {Campaign} failed: {Error}")]
    private static partial void LogFailed(ILogger logger, string title, string campaign, string error);

    [LoggerMessage(EventId = 24, EventName = "GrainReturned", Level = LogLevel.Information, Message = "{Title} of {Campaign} is given back ({Cause}); it goes on here or elsewhere.")]
    private static partial void LogReturned(ILogger logger, string title, string campaign, string cause);
}
