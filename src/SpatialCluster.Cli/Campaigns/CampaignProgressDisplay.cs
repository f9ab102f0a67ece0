using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Cli.Hosting;
using Spectre.Console;

namespace SpatialCluster.Cli.Campaigns;

/// <summary>A campaign's progress is shown: redrawn where a person watches, else as lines; always on standard error.</summary>
internal static class CampaignProgressDisplay
{
    /// <summary>Runs work with its progress shown.</summary>
    public static T Watch<T>(CommandContext context, CampaignPlan plan, Func<IGrainObserver, T> work)
    {
        if (!context.Interactive)
            return work(new PlainCampaignProgress(context.Error, plan, context.Clock));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        T result = default!;
        console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn())
            .Start(display =>
            {
                var live = new LiveCampaignProgress(display, plan, context.Clock);
                result = work(live);
                live.Finish();
            });
        return result;
    }
}
