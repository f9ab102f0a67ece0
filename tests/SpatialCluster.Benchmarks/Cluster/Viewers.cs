using System.Net;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace SpatialCluster.Benchmarks.Cluster;

/// <summary>Viewers of a campaign's page, as a child process: each has connections of its own, hears the events, and asks for what changed as the page does.</summary>
internal sealed class Viewers : IDisposable
{
    // As the page: what is heard while an answer is awaited leads to one more question, a little later.
    private static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(500);

    private readonly SocketsHttpHandler _handler = new() { AutomaticDecompression = DecompressionMethods.All };
    private readonly HttpClient _client;
    private readonly string _campaign;
    private string _token = "";
    private bool _busy, _pending;

    private Viewers(string url, string campaign)
    {
        _campaign = campaign;
        _client = new HttpClient(_handler) { BaseAddress = new Uri($"{url}/api/v1/") };
    }

    private static long s_events, s_requests, s_characters;

    /// <summary>Watches until the process is asked to end; tells when all are there, and then what they got.</summary>
    /// <param name="url">The silo's.</param>
    /// <param name="campaign">Its id.</param>
    /// <param name="count">How many viewers.</param>
    public static async Task RunAsync(string url, string campaign, int count)
    {
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        Viewers[] viewers = [.. Enumerable.Range(0, count).Select(_ => new Viewers(url, campaign))];
        TaskCompletionSource[] there = [.. viewers.Select(_ => new TaskCompletionSource())];
        Task watching = Task.WhenAll(viewers.Zip(there, (viewer, hello) => viewer.WatchAsync(hello, stop.Token)));
        await await Task.WhenAny(Task.WhenAll(there.Select(t => t.Task)), watching).ConfigureAwait(false);
        ChildProcess.Tell("ready", count);
        await watching.ConfigureAwait(false);
        foreach (Viewers viewer in viewers)
            viewer.Dispose();
        ChildProcess.Tell("events", s_events);
        ChildProcess.Tell("requests", s_requests);
        ChildProcess.Tell("characters", s_characters);
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private async Task WatchAsync(TaskCompletionSource hello, CancellationToken stop)
    {
        try
        {
            await AskAsync($"campaigns/{_campaign}", stop).ConfigureAwait(false);
            await RefreshAsync(stop).ConfigureAwait(false);
            using Stream stream = await _client.GetStreamAsync("events", stop).ConfigureAwait(false);
            using var reader = new StreamReader(stream);
            string name = "";
            while (await reader.ReadLineAsync(stop).ConfigureAwait(false) is { } line)
            {
                Interlocked.Add(ref s_characters, line.Length);
                if (line.StartsWith("event: ", StringComparison.Ordinal))
                    name = line["event: ".Length..];
                if (name == "hello")
                    hello.TrySetResult();
                if (!line.StartsWith("data: ", StringComparison.Ordinal))
                    continue;
                Interlocked.Increment(ref s_events);
                if (name == "campaign" && (string?)JsonNode.Parse(line["data: ".Length..])!["id"] == _campaign)
                    _ = RefreshAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // He has seen enough.
        }
    }

    private async Task RefreshAsync(CancellationToken stop)
    {
        _pending = true;
        if (_busy)
            return;
        _busy = true;
        try
        {
            while (_pending)
            {
                _pending = false;
                JsonNode reply = JsonNode.Parse(await AskAsync($"campaigns/{_campaign}/runs{(_token.Length > 0 ? $"?since={_token}" : "")}", stop).ConfigureAwait(false))!;
                _token = (string)reply["token"]!;
                if (_pending)
                    await Task.Delay(s_again, stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // He has seen enough.
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task<string> AskAsync(string path, CancellationToken stop)
    {
        string text = await _client.GetStringAsync(path, stop).ConfigureAwait(false);
        Interlocked.Increment(ref s_requests);
        Interlocked.Add(ref s_characters, text.Length);
        return text;
    }
}
