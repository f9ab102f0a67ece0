using System.Text.RegularExpressions;
using SpatialCluster.EndToEnd.Architecture;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>The image's steps, done in a root of Debian without Docker and without an SDK.</summary>
public sealed class ImageTests(ITestOutputHelper output)
{
    private const int CannotBeChecked = 77;

    [SkippableFact]
    public void Image_StepsOfTheDockerfile_GiveARootInWhichTheProgramRuns()
    {
        ToolResult result = Tool.Run("bash", [Checkout.PathOf("deploy/check-image.sh")]);
        Skip.If(result.ExitCode == CannotBeChecked, result.Error.Trim().Split('\n')[^1]);
        result.ShouldSucceed();
        output.WriteLine(result.Output);
        string[] lines = result.Output.Trim().Split('\n');
        lines.Count(line => line.StartsWith("ok ", StringComparison.Ordinal)).ShouldBeGreaterThanOrEqualTo(7);
        lines[^1].ShouldStartWith("size ");
    }

    // One number, which is written where each tool looks for it.
    [Theory]
    [InlineData("deploy/Dockerfile", "org.opencontainers.image.version=\"{0}\"")]
    [InlineData("deploy/compose.yaml", "image: spatialcluster:{0}\n")]
    [InlineData("helm/spatialcluster/Chart.yaml", "\nversion: {0}\n")]
    [InlineData("helm/spatialcluster/Chart.yaml", "appVersion: \"{0}\"")]
    public void Version_OfImageAndChart_IsThePrograms(string file, string text)
    {
        string version = Regex.Match(File.ReadAllText(Checkout.PathOf("Directory.Build.props")), "<VersionPrefix>(?<version>[^<]+)</VersionPrefix>").Groups["version"].Value;
        File.ReadAllText(Checkout.PathOf(file)).ShouldContain(text.Replace("{0}", version, StringComparison.Ordinal));
    }

    [Fact]
    public void Dockerfile_BaseImages_ArePinnedAndTheUserIsANumber()
    {
        string[] lines = File.ReadAllLines(Checkout.PathOf("deploy/Dockerfile"));
        string[] images = [.. lines.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(line => line.Split(' ')[1])];
        images.Length.ShouldBe(3);
        images.ShouldAllBe(image => image.Contains(':', StringComparison.Ordinal) && !image.EndsWith(":latest", StringComparison.Ordinal));
        images[^1].ShouldStartWith("debian:12");
        lines.Single(line => line.StartsWith("USER ", StringComparison.Ordinal)).ShouldMatch("^USER [1-9][0-9]*:[1-9][0-9]*$");
        lines.ShouldContain("STOPSIGNAL SIGTERM");
    }
}
