using System.Diagnostics;
using SpatialCluster.Artifacts.Faults;

namespace SpatialCluster.EndToEnd.CommandLine;

/// <summary>The program itself, as a child process.</summary>
internal sealed class CliProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly string[] Command =
    [
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet", "exec", Path.Combine(AppContext.BaseDirectory, "spatialcluster.dll"),
    ];

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

    /// <summary>Runs it where no file may grow beyond a size: writes fail as on a full disk.</summary>
    public static CliResult RunWithFileLimit(string folder, int kilobytes, params string[] arguments)
    {
        // The shell counts in blocks of 512 bytes; the runtime's own files in memory must not count.
        string[] limited = ["-c", $"trap '' XFSZ; ulimit -f {kilobytes * 2}; export DOTNET_EnableWriteXorExecute=0; exec \"$0\" \"$@\"", .. Command, .. arguments];
        using var running = new CliProcess(Launch(folder, "/bin/sh", limited));
        return running.Finish();
    }

    public static CliProcess Start(string folder, params string[] arguments) => new(Launch(folder, Command[0], [.. Command[1..], .. arguments]));

    /// <summary>Starts it with variables of the environment.</summary>
    public static CliProcess StartWith((string Name, string Value)[] environment, string folder, params string[] arguments) => new(LaunchWith(folder, environment, arguments));

    /// <summary>Launches it for somebody who reads its output himself.</summary>
    public static Process LaunchWith(string folder, (string Name, string Value)[] environment, params string[] arguments) =>
        Launch(folder, Command[0], [.. Command[1..], .. arguments], environment);

    /// <summary>Launches it behind a program that starts others.</summary>
    public static Process LaunchBehind(string[] starter, string folder, (string Name, string Value)[] environment, string[] arguments) =>
        Launch(folder, starter[0], [.. starter[1..], .. Command, .. arguments], environment);

    /// <summary>Launches another program that lies beside the tests.</summary>
    public static Process LaunchProgram(string assembly, string folder, (string Name, string Value)[] environment, string[] arguments) =>
        Launch(folder, Command[0], ["exec", Path.Combine(AppContext.BaseDirectory, assembly), .. arguments], environment);

    /// <summary>Runs it to its end, which comes when it reaches a fault point for the n-th time, if it does.</summary>
    /// <param name="fault">Such as <c>grain.claimed:2</c>.</param>
    public static CliResult RunWithFault(string fault, string folder, params string[] arguments)
    {
        using var running = new CliProcess(Launch(folder, Command[0], [.. Command[1..], .. arguments], (FaultPoint.Variable, fault)));
        return running.Finish();
    }

    private static Process Launch(string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("SPATIALCLUSTER_", StringComparison.Ordinal) && k != "SPATIALCLUSTER_DATA").ToArray())
            start.Environment.Remove(name);
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
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
        Interrupt();
    }

    /// <summary>Presses Ctrl-C.</summary>
    public void Interrupt()
    {
        using Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for what the program does, as long as it runs.</summary>
    /// <returns>Whether it came, rather than the program's end.</returns>
    public bool WaitFor(Func<bool> happened)
    {
        while (!happened())
        {
            if (_process.WaitForExit(TimeSpan.FromMilliseconds(5)))
                return happened();
        }

        return true;
    }

    /// <summary>Lets it run on for a moment.</summary>
    /// <returns>Whether it still runs.</returns>
    public bool RunOn(TimeSpan moment) => !_process.WaitForExit(moment);

    /// <summary>Ends it as a power cut would.</summary>
    public CliResult Kill()
    {
        _process.Kill();
        return Finish();
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
