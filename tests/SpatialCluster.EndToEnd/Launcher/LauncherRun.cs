using System.Diagnostics;

namespace SpatialCluster.EndToEnd.Launcher;

/// <summary>One run of the launcher: what it said, once it has ended.</summary>
internal sealed class LauncherRun(Process process)
{
    private readonly Task<string> _output = process.StandardOutput.ReadToEndAsync();
    private readonly Task<string> _error = process.StandardError.ReadToEndAsync();

    public int ExitCode { get; private set; }

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    public LauncherRun Finish()
    {
        process.WaitForExit(TimeSpan.FromSeconds(60)).ShouldBeTrue("the launcher hangs");
        (ExitCode, Output, Error) = (process.ExitCode, _output.Result, _error.Result);
        return this;
    }
}
