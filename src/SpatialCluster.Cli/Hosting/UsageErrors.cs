using System.CommandLine;
using System.CommandLine.Parsing;
using SpatialCluster.Cli.Help;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Hosting;

/// <summary>Tells what is wrong with a command line, and what was probably meant.</summary>
internal static class UsageErrors
{
    /// <summary>Writes every error, with suggestions for words that are nearly known.</summary>
    /// <returns>The exit code.</returns>
    public static int Report(ParseResult result, TextWriter error)
    {
        Command command = result.CommandResult.Command;
        string path = HelpWriter.PathOf(command);
        string[] known = [.. Known(command, result)];
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (string unknown in result.UnmatchedTokens)
        {
            // What follows an unknown option was probably its value.
            if (!unknown.StartsWith('-') && told.Any(word => word.StartsWith('-')))
            {
                told.Add(unknown);
                continue;
            }

            string[] near = Suggestions.For(unknown.Split('=')[0], known);
            string hint = near.Length == 0 ? "" : $" Did you mean {string.Join(" or ", near)}?";
            string what = unknown.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            error.WriteLine($"spatialcluster: There is no {what} '{unknown}'.{hint}");
            told.Add(unknown);
        }

        foreach (ParseError problem in result.Errors)
        {
            if (!told.Any(word => problem.Message.Contains($"'{word}'", StringComparison.Ordinal)) && (told.Count == 0 || command is not RootCommand))
                error.WriteLine($"spatialcluster: {problem.Message}");
        }

        error.WriteLine($"'{path} --help' explains it.");
        return ExitCode.BadInput;
    }

    private static IEnumerable<string> Known(Command command, ParseResult result) =>
        command.Options.Concat(result.RootCommandResult.Command.Options.Where(o => o.Recursive)).Where(o => !o.Hidden).Select(o => o.Name)
            .Concat(command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));
}
