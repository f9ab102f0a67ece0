using System.CommandLine;
using SpatialCluster.Cli.Help;
using SpatialCluster.Cli.Hosting;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Cli.Tests.Hosting;

public sealed class UsageTests
{
    [Theory]
    [InlineData("demo")]
    [InlineData("inspect")]
    [InlineData("integrate")]
    [InlineData("simulate")]
    [InlineData("score")]
    public void Help_OfACommand_HasAnExampleAndEveryOption(string command)
    {
        CommandRun run = CommandRun.Of(command, "--help");
        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Output.ShouldContain("Example");
        run.Output.ShouldContain($"  spatialcluster {command}");
        ExplainedCommand explained = Root().Subcommands.OfType<ExplainedCommand>().Single(c => c.Name == command);
        explained.Options.ShouldAllBe(option => run.Output.Contains($"  {option.Name}"));
        explained.Options.ShouldAllBe(option => !string.IsNullOrEmpty(option.Description));
    }

    [Fact]
    public void Examples_OfEveryCommand_Parse()
    {
        foreach (ExplainedCommand command in Root().Subcommands.OfType<ExplainedCommand>().Where(c => !c.Hidden))
        {
            foreach (string example in command.Examples)
            {
                ParseResult result = Root().Parse(example.Replace("\\\n", " ", StringComparison.Ordinal)["spatialcluster ".Length..]);
                result.Errors.ShouldBeEmpty(example);
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
    [InlineData("--epochs", "integrate", "--epochs", "many")]
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

    private static RootCommand Root() => Application.Build(new CommandContext { Output = TextWriter.Null, Error = TextWriter.Null });
}
