using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A silo, as a process of its own. Disposing kills it.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();
    private readonly Task _reading;

    private SiloProcess(Process process)
    {
        _process = process;
        _reading = Task.WhenAll(ReadAsync(process.StandardError), ReadAsync(process.StandardOutput));
    }

    public int Id => _process.Id;

    /// <summary>All that it said.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return _log.ToString();
        }
    }

    /// <summary>What it calls itself.</summary>
    public string Name => Regex.Match(Log, @"silo ([a-z0-9-]+):").Groups[1].Value;

    /// <summary>Where its pages are.</summary>
    public string Url => Regex.Match(Log, @"http://127\.0\.0\.1:\d+/").Value;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static SiloProcess Start(string folder, (string Name, string Value)[] environment, params string[] arguments) =>
        new(CliProcess.LaunchWith(folder, environment, arguments));

    /// <summary>Starts it behind a program that starts others.</summary>
    public static SiloProcess StartBehind(string[] starter, string folder, (string Name, string Value)[] environment, string[] arguments) =>
        new(CliProcess.LaunchBehind(starter, folder, environment, arguments));

    /// <summary>Starts another program than the product's.</summary>
    public static SiloProcess StartProgram(string assembly, string folder, (string Name, string Value)[] environment, string[] arguments) =>
        new(CliProcess.LaunchProgram(assembly, folder, environment, arguments));

    public void WaitForLine(string text)
    {
        var watch = Stopwatch.StartNew();
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            _process.HasExited.ShouldBeFalse($"the silo ended before it said '{text}': {Log}");
            (watch.Elapsed < TimeSpan.FromMinutes(1)).ShouldBeTrue($"the silo does not say '{text}': {Log}");
            Thread.Sleep(10);
        }
    }

    /// <summary>Sends a signal, such as <c>STOP</c>.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Ends it as a power cut would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>What it answers at one of its addresses.</summary>
    public async Task<(int Status, string Text)> AskAsync(string path)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        using HttpResponseMessage answer = await client.GetAsync(Url + path);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public int WaitForExit(TimeSpan most)
    {
        _process.WaitForExit(most).ShouldBeTrue($"the silo does not end: {Log}");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _reading.Wait(TimeSpan.FromSeconds(10));
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
