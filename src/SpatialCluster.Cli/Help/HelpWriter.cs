using System.CommandLine;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Cli.Options;

namespace SpatialCluster.Cli.Help;

/// <summary>Writes the help of a command.</summary>
internal static class HelpWriter
{
    private const int WidestFirstColumn = 34;

    public static void Write(Command command, CommandContext context)
    {
        TextWriter output = context.Output;
        int width = int.Clamp(context.Width ?? 110, 60, 130);
        foreach (string line in Wrap(command.Description ?? "", width))
            output.WriteLine(line);
        output.WriteLine();
        output.WriteLine($"Usage: {Usage(command)}");
        if (command.Arguments.Count > 0)
            WriteRows(output, "Arguments", [.. command.Arguments.Select(a => ($"<{a.HelpName ?? a.Name}>", a.Description ?? ""))], width);
        if (command is ExplainedCommand explained)
        {
            if (command.Subcommands.Any(c => !c.Hidden))
                WriteRows(output, "Commands", [.. command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? ""))], width);
            foreach (OptionSet group in explained.Groups)
                WriteRows(output, group.Title, [.. group.Options.Where(o => !o.Hidden).Select(Row)], width);
            WriteRows(output, "Help", [("--help", "Show this."), ("--debug", "With an internal error, show where it arose.")], width);
            output.WriteLine();
            output.WriteLine(explained.Examples.Count == 1 ? "Example:" : "Examples:");
            foreach (string example in explained.Examples)
                output.WriteLine("  " + example.Replace("\n", "\n  ", StringComparison.Ordinal));
            return;
        }

        WriteRows(output, "Commands", [.. command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? ""))], width);
        if (command is not RootCommand)
        {
            WriteRows(output, "Help", [("--help", "Show help, also of each command."), ("--debug", "With an internal error, show where it arose.")], width);
            return;
        }

        WriteRows(output, "Options", [("--help", "Show help, also of each command."), ("--version", "Show the version."), ("--debug", "With an internal error, show where it arose.")], width);
        output.WriteLine();
        output.WriteLine("Example:");
        output.WriteLine("  spatialcluster integrate --modality rna=rna.h5ad --modality protein=protein.h5ad --domains 5 --out out.h5ad --report out.html");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 done, 1 a campaign ended with failed runs, 2 bad input or usage, 3 cancelled, 4 internal error.");
    }

    /// <summary>The words that lead to a command.</summary>
    public static string PathOf(Command command)
    {
        string path = command is RootCommand ? "" : $" {command.Name}";
        for (Command? parent = ParentOf(command); parent is not null and not RootCommand; parent = ParentOf(parent))
            path = $" {parent.Name}{path}";
        return "spatialcluster" + path;
    }

    private static Command? ParentOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault();

    private static string Usage(Command command)
    {
        if (command is not ExplainedCommand explained)
            return $"{PathOf(command)} <command> [options]";
        string arguments = string.Concat(command.Arguments.Select(a => $" <{a.HelpName ?? a.Name}>" + (a.Arity.MaximumNumberOfValues > 1 ? "…" : "")));
        string required = string.Concat(explained.Groups.SelectMany(g => g.Options).Where(o => o.Required).Select(o => $" {Row(o).First.Split(" (")[0]}"));
        return $"{PathOf(command)}{arguments}{required} [options]";
    }

    private static (string First, string Second) Row(Option option)
    {
        string value = option.ValueType == typeof(bool) ? "" : $" {option.HelpName}";
        return (option.Name + value, option.Description + (option.Required ? " Required." : ""));
    }

    private static void WriteRows(TextWriter output, string title, IReadOnlyList<(string First, string Second)> rows, int width)
    {
        output.WriteLine();
        output.WriteLine($"{title}:");
        int first = int.Min(rows.Max(r => r.First.Length), WidestFirstColumn);
        foreach ((string left, string right) in rows)
        {
            string[] lines = [.. Wrap(right, width - first - 4)];
            int at = 0;
            if (left.Length <= first)
                output.WriteLine($"  {left.PadRight(first)}  {lines[at++]}");
            else
                output.WriteLine($"  {left}");
            for (; at < lines.Length; at++)
                output.WriteLine($"  {new string(' ', first)}  {lines[at]}");
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
