using System.CommandLine;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Tests.Hosting;

public sealed class UsageTests
{
    public static TheoryData<string> Paths =>
        [.. All(Root(), "").Where(c => c.Path.Length > 0 && !c.Command.Hidden).Select(c => c.Path)];

    [Fact]
    public void Commands_OfTheProgram_AreTheKnownOnes() =>
        All(Root(), "").Where(c => c.Command is ExplainedCommand { Hidden: false }).Select(c => c.Path).ShouldBe(
            [
                "demo", "inspect", "integrate", "simulate", "score",
                "campaign run", "campaign status", "campaign resume", "campaign cancel", "campaign report", "campaign delete", "store du", "store verify", "store gc",
                "silo", "silo list", "silo drain", "dashboard",
            ],
            ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Paths))]
    public void Help_OfACommand_HasAnExampleAndEveryOption(string path)
    {
        CommandRun run = CommandRun.Of([.. path.Split(' '), "--help"]);
        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain($"Usage: spatialcluster {path}");
        Command command = All(Root(), "").Single(c => c.Path == path).Command;
        if (command is ExplainedCommand explained)
        {
            run.Output.ShouldContain("Example");
            run.Output.ShouldContain($"  spatialcluster {path}");
            explained.Options.ShouldAllBe(option => run.Output.Contains($"  {option.Name}"));
            explained.Options.ShouldAllBe(option => !string.IsNullOrEmpty(option.Description));
            explained.Arguments.ShouldAllBe(argument => run.Output.Contains($"  <{argument.Name}>") && !string.IsNullOrEmpty(argument.Description));
        }
        else
        {
            command.Subcommands.ShouldNotBeEmpty();
            command.Subcommands.ShouldAllBe(sub => run.Output.Contains($"\n  {sub.Name} "));
        }
    }

    [Fact]
    public void Examples_OfEveryCommand_Parse()
    {
        foreach ((string path, Command command) in All(Root(), "").Where(c => c.Command is ExplainedCommand { Hidden: false }))
        {
            foreach (string example in ((ExplainedCommand)command).Examples)
            {
                ParseResult result = Root().Parse(example.Replace("\\\n", " ", StringComparison.Ordinal)["spatialcluster ".Length..]);
                result.Errors.ShouldBeEmpty(example);
                result.CommandResult.Command.Name.ShouldBe(path.Split(' ')[^1], example);
            }
        }
    }

    [Fact]
    public void Help_OfTheProgram_ListsCommandsButNotHiddenOnes()
    {
        CommandRun run = CommandRun.Of("--help");
        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("integrate");
        run.Output.ShouldNotContain("read-table");
    }

    [Fact]
    public void Version_OfTheProgram_HasNoBuildMark() => CommandRun.Of("--version").Output.ShouldMatch(@"^spatialcluster \d+\.\d+\.\d+\s*$");

    [Theory]
    [InlineData("--epochs", "integrate", "--epoch", "5")]
    [InlineData("integrate", "integrat")]
    [InlineData("'--modality' is required", "integrate", "--out", "o.h5ad")]
    [InlineData("not both", "integrate", "--modality", "rna=a.h5ad", "--out", "o.h5ad", "--domains", "3", "--resolution", "1")]
    [InlineData("'--jsn'", "inspect", "--jsn")]
    [InlineData("--seed", "integrate", "--seed", "many")]
    [InlineData("--slots", "campaign", "run", "a.yaml", "--slot", "2")]
    [InlineData("resume", "campaign", "resum", "a")]
    [InlineData("verify", "store", "verifi")]
    [InlineData("FILE", "campaign", "run")]
    [InlineData("ID", "campaign", "cancel")]
    [InlineData("'b.yaml'", "campaign", "run", "a.yaml", "b.yaml")]
    [InlineData("--slots", "demo", "--slots", "many")]
    public void Run_WrongUsage_Exits2WithASuggestion(string hint, params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain(hint);
        run.Error.ShouldContain("--help");
    }

    [Fact]
    public void Run_NoArguments_Exits2() => CommandRun.Of().ExitCode.ShouldBe(2);

    [Fact]
    public void Failures_OfEachKind_HaveTheirExitCode()
    {
        Code(new BadInputException("a")).ShouldBe(2);
        Code(new SpatialClusterException(FailureKind.Permanent, "no space")).ShouldBe(2);
        Code(new InsufficientMemoryException()).ShouldBe(2);
        Code(new OperationCanceledException()).ShouldBe(3);
        Code(new InvalidOperationException("a")).ShouldBe(4);
    }

    [Fact]
    public void Failures_Internal_ShowsTheStackOnlyWhenAsked()
    {
        using var brief = new StringWriter();
        using var full = new StringWriter();
        Failures.Report(new InvalidOperationException("odd"), brief, debug: false);
        Failures.Report(new InvalidOperationException("odd"), full, debug: true);
        brief.ToString().Trim().ShouldBe("spatialcluster: Internal error (InvalidOperationException): odd Run it with --debug to see where it arose.");
        full.ToString().ShouldContain("System.InvalidOperationException: odd");
    }

    private static int Code(Exception error) => Failures.Report(error, TextWriter.Null, debug: false);

    private static IEnumerable<(string Path, Command Command)> All(Command command, string path) =>
        command.Subcommands.SelectMany(sub => All(sub, $"{path} {sub.Name}".Trim())).Prepend((path, command));

    private static RootCommand Root() => Application.Build(new CommandContext { Output = TextWriter.Null, Error = TextWriter.Null });
}
