using System.Text.Json;
using SpatialCluster.Cli.Commands;

namespace SpatialCluster.Cli.Tests.Commands;

/// <summary>The demo is a campaign that takes minutes: here it begins, and is stopped.</summary>
public sealed class DemoCommandTests
{
    [Fact]
    public void Demo_Stopped_HasAStoreFromWhichItGoesOn()
    {
        string folder = Directory.CreateTempSubdirectory("spatialcluster-cli-").FullName, store = Path.Combine(folder, "store");
        using var source = new CancellationTokenSource();
        using var error = new CancellingWriter("/", source);
        CommandRun run = CommandRun.With(
            context => context with { Error = error, Cancellation = source.Token, Clock = new SteppingClock(TimeSpan.FromSeconds(10)) }, "demo", "--out", folder, "--threads", "1");
        run.ExitCode.ShouldBe(3, error.ToString());
        error.ToString().ShouldContain("campaign resume demo-");
        JsonElement status = CommandRun.Of("campaign", "status", "demo", "--store", store, "--json").Json;
        status.GetProperty("grains").GetInt32().ShouldBeGreaterThan(100);
        Directory.GetFileSystemEntries(folder).ShouldBe([store]);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Document_OfTheDemo_IsCarriedByTheProgram()
    {
        using Stream carried = typeof(DemoCommand).Assembly.GetManifestResourceStream(DemoCommand.Document).ShouldNotBeNull();
        using var reader = new StreamReader(carried);
        reader.ReadToEnd().ShouldContain("name: demo");
    }
}
