using System.CommandLine;
using System.CommandLine.Help;
using SpatialCluster.Cli.Commands;
using SpatialCluster.Cli.Commands.Campaigns;
using SpatialCluster.Cli.Commands.Silos;
using SpatialCluster.Cli.Commands.Stores;
using SpatialCluster.Cli.Help;

namespace SpatialCluster.Cli.Hosting;

/// <summary>The program: from arguments to an exit code.</summary>
internal static class Application
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">As the process got them.</param>
    /// <param name="context">The world around it.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(string[] arguments, CommandContext context)
    {
        context = context with { CommandText = string.Join(' ', arguments.Prepend("spatialcluster").Select(Quoted)) };
        RootCommand root = Build(context);
        try
        {
            ParseResult result = root.Parse(arguments);
            if (result.Errors.Count > 0 && result.Action is not SpeakingAction)
                return UsageErrors.Report(result, context.Error);
            return result.Invoke(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = context.Output,
                Error = context.Error,
            });
        }
        catch (Exception error)
        {
            return Failures.Report(error, context.Error, arguments.Contains("--debug", StringComparer.Ordinal));
        }
    }

    /// <summary>All commands.</summary>
    public static RootCommand Build(CommandContext context)
    {
        var root = new RootCommand("Integrates spatial multi-omics data: one embedding and one tissue domain per spot, from all modalities and the places.")
        {
            new DemoCommand(context),
            new InspectCommand(context),
            new IntegrateCommand(context),
            new SimulateCommand(context),
            new ScoreCommand(context),
            new CampaignCommand(context),
            new StoreCommand(context),
            new SiloCommand(context),
            new DashboardCommand(context),
            new ReadTableCommand(context),
        };
        root.Options.OfType<HelpOption>().Single().Action = new SpeakingAction(result => HelpWriter.Write(result.CommandResult.Command, context));
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Action = new SpeakingAction(_ => context.Output.WriteLine($"spatialcluster {ProductVersion.Text}"));
        root.Options.Add(new Option<bool>("--debug") { Description = "With an internal error, show where it arose.", Recursive = true });
        return root;
    }

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:,+%@".Contains(c)) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
