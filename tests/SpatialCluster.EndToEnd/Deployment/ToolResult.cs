namespace SpatialCluster.EndToEnd.Deployment;

/// <summary>What a program said, once it has ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public void ShouldSucceed() => ExitCode.ShouldBe(0, Output + Error);
}
