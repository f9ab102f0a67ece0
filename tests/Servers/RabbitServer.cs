using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace SpatialCluster.Tests.Servers;

/// <summary>
/// Debian's RabbitMQ on free ports, with its data in a temporary folder and a node name, cookie and port mapper of its own: it
/// never meets an instance of the system. It ends with this process, however that ends.
/// </summary>
public sealed partial class RabbitServer : IAsyncDisposable
{
    /// <summary>May do everything on <c>/</c>.</summary>
    public const string User = "spatial";

    public const string Password = "p@ss:w/rd %41";

    /// <summary>May do nothing with what begins with <c>spatialcluster</c> on <c>/</c>, and has no rights on <see cref="OtherVirtualHost"/>.</summary>
    public const string Stranger = "stranger";

    public const string OtherVirtualHost = "other/place";

    private const string Programs = "/usr/lib/rabbitmq/bin";
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    // The watcher at its standard input learns of this process's end, however it comes, and ends the server and its port mapper.
    private const string Script = """
        exec 3<&0 2>/dev/null
        epmd -port "$ERL_EPMD_PORT" -address 127.0.0.1 </dev/null >/dev/null 2>&1 3<&- &
        mapper=$!
        "$1" </dev/null >>"$2" 2>&1 3<&- &
        server=$!
        (cat <&3 >/dev/null; kill -9 $server $mapper) >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        echo $server
        wait $server
        kill -9 $mapper $watcher
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly string _folder = Directory.CreateTempSubdirectory("spatialcluster-rabbit-").FullName;
    private readonly int _mapperPort;
    private readonly int _distributionPort;
    private Process? _script;
    private int _server;

    public RabbitServer()
    {
        int[] ports = FreePorts(4);
        (Port, TlsPort, _mapperPort, _distributionPort) = (ports[0], ports[1], ports[2], ports[3]);
    }

    /// <summary>Why there is no server; null where it can be started.</summary>
    public static string? Missing => File.Exists($"{Programs}/rabbitmq-server") ? null : "rabbitmq-server is not installed (apt-get install rabbitmq-server)";

    public int Port { get; }

    public int TlsPort { get; }

    public string Url => $"amqp://127.0.0.1:{Port}";

    /// <summary>By the name of its certificate.</summary>
    public string TlsUrl => $"amqps://localhost:{TlsPort}";

    /// <summary>Who signed its certificate and the client's.</summary>
    public string AuthorityFile => Path.Combine(_folder, "ca.pem");

    /// <summary>Signed nothing of it.</summary>
    public string StrangeAuthorityFile => Path.Combine(_folder, "strange-ca.pem");

    public string ClientCertificateFile => Path.Combine(_folder, "client.pem");

    public string ClientKeyFile => Path.Combine(_folder, "client.key");

    /// <summary>How long the last start took, until it spoke AMQP.</summary>
    public TimeSpan StartTime { get; private set; }

    public bool IsRunning => _script is { HasExited: false };

    /// <summary>The process that is the server; of meaning while it runs.</summary>
    public int ProcessId => _server;

    /// <summary>Starts it for the first time.</summary>
    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, ".erlang.cookie"), Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_folder, ".erlang.cookie"), UnixFileMode.UserRead);
        await File.WriteAllTextAsync(Path.Combine(_folder, "plugins"), "[].\n");
        await File.WriteAllTextAsync(Path.Combine(_folder, "definitions.json"), Definitions().ToJsonString());
        TestAuthority.Write(_folder);
        await File.WriteAllTextAsync(Path.Combine(_folder, "rabbitmq.conf"), $"""
            listeners.tcp.default = 127.0.0.1:{Port}
            listeners.ssl.default = 127.0.0.1:{TlsPort}
            ssl_options.cacertfile = {AuthorityFile}
            ssl_options.certfile = {Path.Combine(_folder, "server.pem")}
            ssl_options.keyfile = {Path.Combine(_folder, "server.key")}
            ssl_options.verify = verify_peer
            ssl_options.fail_if_no_peer_cert = false
            load_definitions = {Path.Combine(_folder, "definitions.json")}
            disk_free_limit.absolute = 50MB
            log.file.level = info
            """ + "\n");
        await StartAsync();
    }

    /// <summary>Starts it on the same data and ports.</summary>
    public async Task StartAsync()
    {
        if (IsRunning)
            return;
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo("/bin/sh") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = _folder };
        foreach (string argument in (string[])["-c", Script, "rabbit", $"{Programs}/rabbitmq-server", Path.Combine(_folder, "output")])
            start.ArgumentList.Add(argument);
        SetEnvironment(start);
        _script = Process.Start(start)!;
        _server = int.Parse((await _script.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
        while (!await SpeaksAsync())
        {
            if (!IsRunning || watch.Elapsed > s_patience)
            {
                string output = File.Exists(Path.Combine(_folder, "output")) ? await File.ReadAllTextAsync(Path.Combine(_folder, "output")) : "";
                await StopAsync(gracefully: false);
                throw new InvalidOperationException($"rabbitmq-server did not start within {watch.Elapsed.TotalSeconds:F0} s:\n{output[int.Max(0, output.Length - 4000)..]}");
            }

            await Task.Delay(50);
        }

        StartTime = watch.Elapsed;
    }

    /// <summary>Stops it; what is durable stays.</summary>
    /// <param name="gracefully">Else it is killed.</param>
    public async Task StopAsync(bool gracefully = true)
    {
        if (_script is not { } script)
            return;
        _ = Signal(_server, gracefully ? SigTerm : SigKill);
        using (var late = new CancellationTokenSource(s_patience))
        {
            try
            {
                await script.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                _ = Signal(_server, SigKill);
                await script.WaitForExitAsync();
            }
        }

        script.StandardInput.Close();
        script.Dispose();
        _script = null;
    }

    /// <summary>Holds it, as a machine that hangs.</summary>
    public void Freeze() => _ = Signal(_server, SigStop);

    /// <summary>Lets it go on.</summary>
    public void Thaw() => _ = Signal(_server, SigCont);

    /// <summary>Runs <c>rabbitmqctl</c>.</summary>
    public async Task<string> ControlAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo($"{Programs}/rabbitmqctl") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        SetEnvironment(start);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"rabbitmqctl {string.Join(' ', arguments)}: {await output}{await errors}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(gracefully: false);
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Ports that nobody listens at now.</summary>
    public static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        foreach (TcpListener listener in listeners)
            listener.Dispose();
        return ports;
    }

    private void SetEnvironment(ProcessStartInfo start)
    {
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("RABBITMQ_", StringComparison.Ordinal) || k.StartsWith("ERL_", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        (string Name, string Value)[] own =
        [
            ("HOME", _folder),
            ("ERL_EPMD_PORT", _mapperPort.ToString(CultureInfo.InvariantCulture)),
            ("ERL_EPMD_ADDRESS", "127.0.0.1"),
            ("RABBITMQ_NODENAME", $"r{Port}@localhost"),
            ("RABBITMQ_DIST_PORT", _distributionPort.ToString(CultureInfo.InvariantCulture)),
            ("RABBITMQ_MNESIA_BASE", Path.Combine(_folder, "data")),
            ("RABBITMQ_LOG_BASE", Path.Combine(_folder, "log")),
            ("RABBITMQ_CONF_ENV_FILE", Path.Combine(_folder, "none")),
            ("RABBITMQ_CONFIG_FILE", Path.Combine(_folder, "rabbitmq.conf")),
            ("RABBITMQ_ENABLED_PLUGINS_FILE", Path.Combine(_folder, "plugins")),
            // Has the start script become the server, rather than wait for it: a signal then meets the server itself.
            ("RUNNING_UNDER_SYSTEMD", "true"),
        ];
        foreach ((string name, string value) in own)
            start.Environment[name] = value;
    }

    private async Task<bool> SpeaksAsync()
    {
        try
        {
            using var client = new TcpClient();
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await client.ConnectAsync(IPAddress.Loopback, Port, late.Token);
            await client.GetStream().WriteAsync("AMQP\0\0\u0009\u0001"u8.ToArray(), late.Token);
            return await client.GetStream().ReadAsync(new byte[1], late.Token) == 1;
        }
        catch (Exception away) when (away is SocketException or IOException or OperationCanceledException)
        {
            return false;
        }
    }

    private static JsonObject Definitions() => new()
    {
        ["vhosts"] = new JsonArray(new JsonObject { ["name"] = "/" }, new JsonObject { ["name"] = OtherVirtualHost }),
        ["users"] = new JsonArray(UserOf(User, "administrator"), UserOf(Stranger, "")),
        ["permissions"] = new JsonArray(Rights(User, "/", ".*"), Rights(User, OtherVirtualHost, ".*"), Rights(Stranger, "/", "^strange")),
    };

    private static JsonObject UserOf(string name, string tags)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(4);
        byte[] hash = [.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(Password)])];
        return new() { ["name"] = name, ["tags"] = tags, ["password_hash"] = Convert.ToBase64String(hash), ["hashing_algorithm"] = "rabbit_password_hashing_sha256" };
    }

    private static JsonObject Rights(string user, string host, string names) =>
        new() { ["user"] = user, ["vhost"] = host, ["configure"] = names, ["write"] = names, ["read"] = names };

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
