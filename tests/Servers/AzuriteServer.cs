using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace SpatialCluster.Tests.Servers;

/// <summary>
/// Azurite's blob server, the emulator of Azure's, on a free port and with its data in a temporary folder. It can be stopped and
/// started again on the same port and data.
/// </summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    // Ends with this process, however that ends: its standard input is then closed.
    private const string Launch =
        """
        process.stdin.resume();
        process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
        require(process.argv[1]);
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("spatialcluster-azurite-").FullName;
    private readonly string _main;
    private readonly (string Certificate, string Key)? _tls;
    private Process? _process;

    private AzuriteServer(string main, (string Certificate, string Key)? tls)
    {
        _main = main;
        _tls = tls;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Port = ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <summary>Why there can be no such server here; null where there can.</summary>
    public static string? SkipReason { get; } = Missing();

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>The URL of its emulated account.</summary>
    public string Endpoint => $"{(_tls is null ? "http" : "https")}://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/devstoreaccount1";

    /// <summary>Starts one.</summary>
    /// <param name="tls">Files of a certificate and its key (PEM), for HTTPS.</param>
    /// <returns>The server; null where <see cref="SkipReason"/> says why not.</returns>
    public static async Task<AzuriteServer?> TryStartNewAsync((string Certificate, string Key)? tls = null)
    {
        if (SkipReason is not null)
            return null;
        var server = new AzuriteServer(MainFile()!, tls);
        try
        {
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The location of a store on it.</summary>
    /// <param name="container">Such as <c>results</c>, or <c>results/prefix</c>.</param>
    public string Location(string container) => $"azurite://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}/{container}";

    /// <summary>Starts it, again where it was stopped; returns when it answers.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("node") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        string[] arguments =
        [
            "-e", Launch, "--", _main, "--blobHost", "127.0.0.1", "--blobPort", Port.ToString(CultureInfo.InvariantCulture), "--location", _folder,
            "--silent", "--skipApiVersionCheck", "--disableTelemetry", .. _tls is { } files ? new[] { "--cert", files.Certificate, "--key", files.Key } : [],
        ];
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        Process process = _process = Process.Start(start)!;
        Task<string> told = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        for (long begun = Stopwatch.GetTimestamp(); !await IsListeningAsync();)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"azurite ended with {process.ExitCode}: {await told} {await errors}");
            if (Stopwatch.GetElapsedTime(begun) > s_patience)
                throw new TimeoutException($"azurite did not listen within {s_patience}");
            // There is nothing to wait for but the port.
            await Task.Delay(50);
        }
    }

    /// <summary>Stops it as an operator would; what was written is there when it starts again.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        // Its end of the pipe: it writes what it has in memory, and ends.
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsListeningAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string? Missing()
    {
        if (MainFile() is null)
            return "azurite is not installed: run `npm ci` in tests/Servers, as ./test.sh does";
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
            node.WaitForExit();
            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "node is not installed, and azurite needs it";
        }
    }

    // Below the repository that the tests were built in.
    private static string? MainFile()
    {
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "SpatialCluster.sln")))
            {
                string main = Path.Combine(folder, "tests", "Servers", "node_modules", "azurite", "dist", "src", "blob", "main.js");
                return File.Exists(main) ? main : null;
            }
        }

        return null;
    }
}
