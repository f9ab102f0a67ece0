using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Engine.Orleans.Grains;

namespace SpatialCluster.Engine.Orleans.Work;

/// <summary>The work on a grain, under way on a device of this silo.</summary>
internal sealed class Workpiece(GrainAtWork work, bool alone) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>What is worked on.</summary>
    public GrainAtWork Work => work;

    /// <summary>Whether nothing is to run beside it.</summary>
    public bool Alone => alone;

    /// <summary>How it ended, once it has.</summary>
    public Task<WorkEnd> Ended { get; set; } = Task.FromResult(WorkEnd.Returned);

    /// <summary>Cancelled when the work is to stop.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <summary>Stops it after the present epoch.</summary>
    public void Stop() => _stop.Cancel();

    public void Dispose() => _stop.Dispose();
}
