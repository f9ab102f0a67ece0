using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>
/// Sends requests to another host and port than the client knows. It takes an emulator's URLs apart by their port, and an emulator
/// may listen on any; a request's signature covers neither host nor port.
/// </summary>
internal sealed class RedirectPolicy(DnsEndPoint address) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        message.Request.Uri.Host = address.Host;
        message.Request.Uri.Port = address.Port;
    }
}
