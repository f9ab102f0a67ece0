using System.Diagnostics;

namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>The program itself, as a child process.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private readonly Process _process;
    private readonly Task<string> _output;

    private CliProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
    }

    /// <summary>Runs it to its end.</summary>
    public static CliResult Run(string folder, params string[] arguments)
    {
        using CliProcess running = Start(folder, arguments);
        return running.Finish();
    }

    public static CliProcess Start(string folder, params string[] arguments)
    {
        string? host = Environment.ProcessPath;
        string dotnet = Path.GetFileNameWithoutExtension(host) == "dotnet" ? host! : "dotnet";
        var start = new ProcessStartInfo(dotnet, ["exec", Path.Combine(AppContext.BaseDirectory, "spatialcluster.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment.Remove("SPATIALCLUSTER_DEBUG");
        return new CliProcess(Process.Start(start)!);
    }

    /// <summary>Presses Ctrl-C as soon as standard error has a line of that text.</summary>
    public void InterruptAt(string text)
    {
        string? line;
        do
        {
            line = _process.StandardError.ReadLine();
        }
        while (line is not null && !line.Contains(text, StringComparison.Ordinal));
        line.ShouldNotBeNull($"the program ended before it said '{text}'");
        using Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public CliResult Finish()
    {
        Task<string> error = _process.StandardError.ReadToEndAsync();
        _process.WaitForExit(Patience).ShouldBeTrue("the program hangs");
        return new CliResult(_process.ExitCode, _output.Result, error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
