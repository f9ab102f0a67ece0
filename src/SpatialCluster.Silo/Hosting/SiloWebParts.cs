using Microsoft.AspNetCore.Routing;

namespace SpatialCluster.Silo.Hosting;

/// <summary>What stands behind the HTTP interface.</summary>
public sealed record SiloWebParts
{
    /// <summary>Why the process should be started anew, in a sentence; null where it lives.</summary>
    public required Func<CancellationToken, Task<string?>> Ailing { get; init; }

    /// <summary>Why it is not ready, in a sentence; null where it is.</summary>
    public required Func<CancellationToken, Task<string?>> Trouble { get; init; }

    /// <summary>The metrics in Prometheus' text; null where none are measured.</summary>
    public Func<string>? Metrics { get; init; }

    /// <summary>Takes in a campaign's document; null where the process takes none.</summary>
    public Func<string, CancellationToken, Task<SubmittedCampaign>>? Submit { get; init; }

    /// <summary>Maps further endpoints: the dashboard and what it reads. All below <c>/api</c> is behind the token.</summary>
    public Action<IEndpointRouteBuilder>? Routes { get; init; }
}
