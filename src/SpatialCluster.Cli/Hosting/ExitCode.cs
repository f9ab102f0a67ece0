namespace SpatialCluster.Cli.Hosting;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>A campaign ended, and some of its runs failed.</summary>
    public const int FailedRuns = 1;

    /// <summary>Input, usage, or a machine without room: somebody has to change something.</summary>
    public const int BadInput = 2;

    public const int Cancelled = 3;

    /// <summary>A defect of the program.</summary>
    public const int Internal = 4;
}
