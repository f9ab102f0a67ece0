using System.Diagnostics;
using SpatialCluster.Cli.Integration;

namespace SpatialCluster.Cli.Tests.Integration;

/// <summary>What a signal does to the process itself.</summary>
public sealed class SignalTests(SmallSlice slice) : IClassFixture<SmallSlice>
{
    [Fact]
    public void Integrate_Terminated_Exits3WithACheckpointAndNoOutput()
    {
        string output = Path.Combine(slice.NewFolder(), "o.h5ad");
        (string executable, IReadOnlyList<string> start) = ChildReaderFormat.Self();
        using Process endless = Process.Start(new ProcessStartInfo(
            executable, [.. start, "integrate", "--modality", $"rna={slice.Rna}", "--epochs", "1000000", "--hidden-width", "16", "--embedding-width", "8", "--out", output, "--json"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        string? line;
        do
        {
            line = endless.StandardError.ReadLine();
        }
        while (line is not null && !line.Contains("epoch", StringComparison.Ordinal));
        Process.Start("kill", ["-TERM", $"{endless.Id}"]).WaitForExit();
        string rest = endless.StandardError.ReadToEnd();
        string written = endless.StandardOutput.ReadToEnd();
        endless.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue();
        endless.ExitCode.ShouldBe(3, rest);
        written.ShouldBeEmpty();
        rest.ShouldContain("--resume");
        Directory.GetFiles(Path.GetDirectoryName(output)!).Select(Path.GetFileName).ShouldBe(["o.h5ad.checkpoint"]);
    }
}
