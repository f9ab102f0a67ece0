using SpatialCluster.Cli.Hosting;
using Spectre.Console;

namespace SpatialCluster.Cli.Progress;

/// <summary>Chooses how progress is shown: redrawn where a person watches, else as lines; always on standard error.</summary>
internal static class ProgressDisplay
{
    /// <summary>Runs work with its progress shown.</summary>
    public static T Watch<T>(CommandContext context, Func<IRunProgress, T> work)
    {
        if (!context.Interactive)
            return work(new PlainProgress(context.Error, context.Clock));
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        T result = default!;
        console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new ElapsedTimeColumn())
            .Start(display =>
            {
                var live = new LiveProgress(display, context.Clock);
                result = work(live);
                live.Finish();
            });
        return result;
    }
}
