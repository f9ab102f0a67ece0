using SpatialCluster.Cli.Hosting;
using Spectre.Console;

namespace SpatialCluster.Cli.Outputs;

/// <summary>Results for people: tables on standard output, plain where it is no terminal.</summary>
internal sealed class Sheet
{
    private const int WidthWithoutTerminal = 160;

    private readonly IAnsiConsole _console;

    public Sheet(CommandContext context)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(context.Output),
            Ansi = context.Width is null ? AnsiSupport.No : AnsiSupport.Detect,
            Interactive = InteractionSupport.No,
        });
        _console.Profile.Width = context.Width ?? WidthWithoutTerminal;
    }

    /// <summary>A line of text.</summary>
    public void Line(string text = "") => _console.MarkupLineInterpolated($"{text}");

    /// <summary>A heading.</summary>
    public void Title(string text) => _console.MarkupLineInterpolated($"[bold]{text}[/]");

    /// <summary>Names with their values, in two columns.</summary>
    public void Facts(IEnumerable<(string Name, string Value)> facts)
    {
        var grid = new Grid { Expand = false };
        grid.AddColumn(new GridColumn().NoWrap().PadLeft(2).PadRight(3));
        grid.AddColumn(new GridColumn().PadRight(0));
        foreach ((string name, string value) in facts)
            grid.AddRow(new Markup(Markup.Escape(name), new Style(Color.Grey)), new Text(value));
        _console.Write(grid);
    }

    /// <summary>A table.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string heading in headings)
            table.AddColumn(new TableColumn(new Markup($"[bold]{Markup.Escape(heading)}[/]")));
        foreach (IReadOnlyList<string> row in rows)
            table.AddRow(row.Select(cell => new Text(cell)));
        _console.Write(table);
    }

    /// <summary>Remarks, each on its own line.</summary>
    public void Notes(IReadOnlyList<string> notes)
    {
        if (notes.Count == 0)
            return;
        Title("Notes");
        foreach (string note in notes)
            Line($"  · {note}");
    }
}
