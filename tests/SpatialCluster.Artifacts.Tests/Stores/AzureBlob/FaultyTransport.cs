using System.Collections.Concurrent;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SpatialCluster.Tests.Artifacts.Stores.AzureBlob;

/// <summary>The network, with whatever faults a test asks for, and a note of the requests that went through it.</summary>
public sealed class FaultyTransport : HttpPipelineTransport
{
    private static readonly HttpClientTransport s_network = new(new HttpClient(new SocketsHttpHandler()));

    /// <summary>The methods of all requests.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Asked before a request is sent: throws, or gives an answer, in the server's place.</summary>
    public Func<Request, Response?>? Before { get; set; }

    /// <summary>Asked when a request was answered: throws where the answer is to be lost.</summary>
    public Action<HttpMessage>? After { get; set; }

    public override Request CreateRequest() => s_network.CreateRequest();

    public override void Process(HttpMessage message) => ProcessAsync(message).AsTask().GetAwaiter().GetResult();

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        Requests.Enqueue(message.Request.Method.Method);
        if (Before?.Invoke(message.Request) is { } answer)
        {
            message.Response = answer;
            return;
        }

        await s_network.ProcessAsync(message);
        After?.Invoke(message);
    }
}
