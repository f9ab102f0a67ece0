using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace SpatialCluster.Servers;

/// <summary>A Prometheus of its own, on a free port, with its data in a temporary folder.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private const string Program = "/usr/bin/prometheus";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private readonly string _folder;
    private readonly HttpClient _client;

    private PrometheusServer(Process process, string folder, HttpClient client)
    {
        (_process, _folder, _client) = (process, folder, client);
        process.ErrorDataReceived += (_, said) => _said.Enqueue(said.Data ?? "");
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
    }

    /// <summary>Why there is none here; null where there is.</summary>
    public static string? Missing => File.Exists(Program) ? null : "Prometheus is not installed (Debian's package prometheus).";

    /// <summary>Debian's checker of metrics; null where it is not there.</summary>
    public static string? Checker => File.Exists("/usr/bin/promtool") ? "/usr/bin/promtool" : null;

    /// <summary>Starts one that scrapes a target every second.</summary>
    public static Task<PrometheusServer> StartAsync(string target) => StartAsync([target], rules: null);

    /// <summary>Starts one that scrapes targets, and evaluates the rules of a file, every second.</summary>
    public static async Task<PrometheusServer> StartAsync(IReadOnlyList<string> targets, string? rules)
    {
        string folder = Directory.CreateTempSubdirectory("spatialcluster-prometheus-").FullName;
        int port = FreePort();
        string config = Path.Combine(folder, "prometheus.yml");
        await File.WriteAllTextAsync(config, 
            $"global: {{scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}}\nscrape_configs:\n  - job_name: spatialcluster\n    static_configs: [{{targets: ['{string.Join("', '", targets)}']}}]\n"
            + (rules is null ? "" : $"rule_files: ['{rules}']\n"));
        var start = new ProcessStartInfo(Program, [$"--config.file={config}", $"--storage.tsdb.path={folder}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process process = Process.Start(start)!;
        var server = new PrometheusServer(process, folder, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") });
        try
        {
            await server.UntilAsync(async () => (await server._client.GetAsync("-/ready")).IsSuccessStatusCode, "be ready");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The value of an expression, once it has one.</summary>
    public async Task<double> ValueAsync(string expression)
    {
        double value = double.NaN;
        await UntilAsync(async () =>
        {
            using JsonDocument answer = JsonDocument.Parse(await _client.GetStringAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}"));
            JsonElement results = answer.RootElement.GetProperty("data").GetProperty("result");
            if (results.GetArrayLength() != 1)
                return false;
            value = double.Parse(results[0].GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            return true;
        }, $"have one value of '{expression}'");
        return value;
    }

    /// <summary>The values of an expression by one label, now.</summary>
    public async Task<IReadOnlyDictionary<string, double>> NowAsync(string expression, string label)
    {
        using JsonDocument answer = JsonDocument.Parse(await _client.GetStringAsync($"api/v1/query?query={Uri.EscapeDataString(expression)}"));
        return answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().ToDictionary(
            r => r.GetProperty("metric").TryGetProperty(label, out JsonElement name) ? name.GetString()! : "",
            r => double.Parse(r.GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>What became of each rule, once all were evaluated: <c>ok</c>, or the error.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RulesAsync()
    {
        var found = new Dictionary<string, string>();
        await UntilAsync(async () =>
        {
            using JsonDocument answer = JsonDocument.Parse(await _client.GetStringAsync("api/v1/rules"));
            found = answer.RootElement.GetProperty("data").GetProperty("groups").EnumerateArray().SelectMany(g => g.GetProperty("rules").EnumerateArray()).ToDictionary(
                r => r.GetProperty("name").GetString()!,
                r => r.TryGetProperty("lastError", out JsonElement error) ? error.GetString()! : r.GetProperty("health").GetString()!);
            return found.Count > 0 && !found.ContainsValue("unknown");
        }, "evaluate its rules");
        return found;
    }

    /// <summary>Ends it and removes its data.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // It says nowhere when it has scraped: it can only be asked.
    private async Task UntilAsync(Func<Task<bool>> done, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                if (await done())
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (_process.HasExited)
                throw new InvalidOperationException($"Prometheus has ended, and did not {what}: {string.Join(' ', _said)}");
            if (Stopwatch.GetElapsedTime(start) > s_patience)
                throw new InvalidOperationException($"Prometheus did not {what}. Its targets: {await _client.GetStringAsync("api/v1/targets")}");
            await timer.WaitForNextTickAsync();
        }
    }
}
