namespace SpatialCluster.EndToEnd.Launcher;

/// <summary>./spatialcluster: builds when it must, once, completely or not at all, and stays out of the way.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly LauncherSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [Fact]
    public void Run_FirstUse_BuildsAndKeepsStandardOutputClean()
    {
        LauncherRun run = _sandbox.Run("score", "--json", "a b");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldBe($"one\n<score><--json><a b>\n{_sandbox.Root}\n");
        _sandbox.Builds.ShouldBe(1);
    }

    [Fact]
    public void Run_NothingChanged_BuildsNotAgainAndSaysNothing()
    {
        _sandbox.Run();
        LauncherRun run = _sandbox.Run();
        run.Error.ShouldBeEmpty();
        _sandbox.Builds.ShouldBe(1);
    }

    [Fact]
    public void Run_SourceEdited_RunsTheNewOneAndRemovesTheOld()
    {
        _sandbox.Run();
        _sandbox.WriteSource("two");
        _sandbox.Run().Output.ShouldStartWith("two\n");
        _sandbox.Builds.ShouldBe(2);
        Directory.GetDirectories(Path.Combine(_sandbox.State, "builds")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("Directory.Packages.props")]
    [InlineData("global.json")]
    [InlineData("src/SpatialCluster.Cli/New.cs")]
    public void Run_FileAddedThenRemoved_BuildsEachTime(string file)
    {
        _sandbox.Run();
        File.WriteAllText(Path.Combine(_sandbox.Root, file), "{}");
        // Older than the build: what a copy that keeps times puts there.
        File.SetLastWriteTimeUtc(Path.Combine(_sandbox.Root, file), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        _sandbox.Run();
        _sandbox.Builds.ShouldBe(2);
        File.Delete(Path.Combine(_sandbox.Root, file));
        _sandbox.Run();
        _sandbox.Builds.ShouldBe(3);
    }

    [Fact]
    public void Run_BuildFails_SaysWhyAndLeavesNothingHalfReady()
    {
        _sandbox.WriteSource("broken");
        LauncherRun run = _sandbox.Run();
        run.ExitCode.ShouldBe(4);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("error CS1002: ; expected");
        Directory.Exists(Path.Combine(_sandbox.State, "bin")).ShouldBeFalse();
        Directory.GetDirectories(Path.Combine(_sandbox.State, "builds")).ShouldBeEmpty();
        _sandbox.WriteSource("mended");
        _sandbox.Run().Output.ShouldStartWith("mended\n");
    }

    [Fact]
    public void Run_BuildFailsAfterAGoodOne_DoesNotRunTheStaleOne()
    {
        _sandbox.Run();
        _sandbox.WriteSource("broken");
        _sandbox.Run().ExitCode.ShouldBe(4);
        _sandbox.WriteSource("mended");
        _sandbox.Run().Output.ShouldStartWith("mended\n");
    }

    [Fact]
    public void Run_TwoAtOnce_BuildOnce()
    {
        string hold = Path.Combine(_sandbox.Tools, "hold");
        File.WriteAllText(hold, "");
        LauncherRun[] runs = [_sandbox.Start(["a"]), _sandbox.Start(["b"]), _sandbox.Start(["c"])];
        File.Delete(hold);
        foreach (LauncherRun run in runs)
            run.Finish().ExitCode.ShouldBe(0, run.Error);
        runs.Select(run => run.Output).ShouldBe(new[] { "a", "b", "c" }.Select(x => $"one\n<{x}>\n{_sandbox.Root}\n"));
        _sandbox.Builds.ShouldBe(1);
    }

    [Fact]
    public void Run_ThroughASymbolicLinkFromElsewhere_KeepsTheCallersFolder()
    {
        string elsewhere = Path.Combine(_sandbox.Root, "else where");
        Directory.CreateDirectory(elsewhere);
        string link = Path.Combine(elsewhere, "sc");
        File.CreateSymbolicLink(link, "../spatialcluster");
        LauncherRun run = _sandbox.Start(["x"], link, elsewhere).Finish();
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldEndWith($"\n{elsewhere}\n");
    }

    [Fact]
    public void Run_OldBuildStillInUse_KeepsItsFiles()
    {
        _sandbox.Run();
        string old = Directory.GetDirectories(Path.Combine(_sandbox.State, "builds")).Single();
        using (File.Open(Path.Combine(old, ".in-use"), FileMode.Open, FileAccess.Read, FileShare.Read))
        {
            // .NET locks a file that is opened for reading as the launcher does: shared, by flock.
            _sandbox.WriteSource("two");
            _sandbox.Run();
            Directory.Exists(old).ShouldBeTrue();
        }

        _sandbox.WriteSource("three");
        _sandbox.Run();
        Directory.Exists(old).ShouldBeFalse();
    }

    [Fact]
    public void Run_HomeThatIsNotThere_BuildsWithOneOfItsOwn()
    {
        LauncherRun run = _sandbox.Start([], home: "/nonexistent").Finish();
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith("one\n");
    }

    [Fact]
    public void Run_SdkMissing_SaysSoInOneSentence()
    {
        File.WriteAllText(Path.Combine(_sandbox.Tools, "no-sdk"), "");
        LauncherRun run = _sandbox.Run();
        run.ExitCode.ShouldBe(4);
        run.Output.ShouldBeEmpty();
        run.Error.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldStartWith("spatialcluster: the .NET 10 SDK is missing");
    }

    [Theory]
    [InlineData("silo", "--store", "x")]
    [InlineData("dashboard")]
    public void Run_ServerOfPages_HasThemBuiltAndFollowsTheirSources(params string[] arguments)
    {
        LauncherRun run = _sandbox.Run(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith("one\n", Case.Sensitive, "standard output is the program's");
        _sandbox.Page.ShouldBe("first");
        _sandbox.WritePage("second");
        _sandbox.Run(arguments).ExitCode.ShouldBe(0);
        _sandbox.Page.ShouldBe("second");
        _sandbox.Builds.ShouldBe(1, "pages are no part of the program");
        _sandbox.Run(arguments).Error.ShouldBeEmpty();
        _sandbox.WriteSource("two");
        _sandbox.Run(arguments).Output.ShouldStartWith("two\n");
        _sandbox.Page.ShouldBe("second", "a new build has them, too");
    }

    [Theory]
    [InlineData("demo")]
    [InlineData("silo", "list")]
    [InlineData("silo", "drain", "one")]
    [InlineData("silo", "--help")]
    [InlineData("silo", "--http", "none")]
    public void Run_WithoutPagesToServe_BuildsNone(params string[] arguments)
    {
        LauncherRun run = _sandbox.Run(arguments);
        run.ExitCode.ShouldBe(0, run.Error);
        _sandbox.Page.ShouldBeNull();
        run.Error.ShouldNotContain("pages");
    }

    [Fact]
    public void Run_SiloWhereNodeIsTooOld_SaysSoInALineAndRuns()
    {
        _sandbox.Run();
        _sandbox.WriteNode("18 1");
        LauncherRun run = _sandbox.Run("silo");
        run.ExitCode.ShouldBe(0, run.Error);
        run.Output.ShouldStartWith("one\n");
        run.Error.TrimEnd().Split('\n').ShouldHaveSingleItem().ShouldContain("Node.js is 18.1 here, so the dashboard's pages are not built");
    }
}
