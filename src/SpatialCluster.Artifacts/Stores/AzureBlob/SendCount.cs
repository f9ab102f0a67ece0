using Azure.Core;
using Azure.Core.Pipeline;

namespace SpatialCluster.Artifacts.Stores.AzureBlob;

/// <summary>Notes whether a request was sent without being answered: then nobody knows whether it was done.</summary>
internal sealed class SendCount
{
    private const string Property = "spatialcluster-sends";

    /// <summary>Whether some try of the request stayed without an answer, or the server said that it failed while it worked on it.</summary>
    public bool IsInDoubt { get; private set; }

    /// <summary>Counts the requests that are made until the scope is disposed.</summary>
    public static IDisposable Begin(out SendCount count)
    {
        count = new SendCount();
        return HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Property] = count });
    }

    /// <summary>Says that a try of a request failed.</summary>
    public static void Failed(HttpMessage message)
    {
        if (message.TryGetProperty(Property, out object? value) && value is SendCount count)
            count.IsInDoubt = true;
    }
}
