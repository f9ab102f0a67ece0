using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>The program itself, as a process that runs until it is ended. Disposing kills it.</summary>
internal sealed class SiloChild : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly Task _reading;
    private bool _ended;

    private SiloChild(string name, Process process)
    {
        (Name, _process) = (name, process);
        _reading = Task.WhenAll(ReadAsync(process.StandardError), ReadAsync(process.StandardOutput));
    }

    public int Id => _process.Id;

    /// <summary>What its id begins with, where it is a silo.</summary>
    public string Name { get; }

    /// <summary>Where its pages are.</summary>
    public string Url => Regex.Match(Log, @"http://127\.0\.0\.1:\d+").Value;

    private string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    public static SiloChild Start(string name, string folder, params string[] arguments)
    {
        string dotnet = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        return new(name, Process.Start(new ProcessStartInfo(dotnet, ["exec", Path.Combine(AppContext.BaseDirectory, "spatialcluster.dll"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        })!);
    }

    /// <summary>Waits until it says something.</summary>
    public void WaitFor(string text)
    {
        for (long start = Stopwatch.GetTimestamp(); !Log.Contains(text, StringComparison.Ordinal); Thread.Sleep(10))
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(start) > s_patience)
                throw new InvalidOperationException($"The program does not say '{text}': {Log}");
        }
    }

    /// <summary>Sends a signal, such as <c>STOP</c>.</summary>
    public void Signal(string signal) => Signal(_process, signal);

    /// <summary>Sends a signal to a process.</summary>
    public static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _reading.Wait(s_patience);
        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            lock (_log)
                _log.AppendLine(line);
        }
    }
}
