using Microsoft.Extensions.Hosting;

namespace SpatialCluster.Silo.Hosting;

/// <summary>Leaves signals alone: the program itself decides what they mean.</summary>
internal sealed class ProcessLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
