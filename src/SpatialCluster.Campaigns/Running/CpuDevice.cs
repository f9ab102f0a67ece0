using System.Collections.Concurrent;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Campaigns.Running;

/// <summary>Some cores of this machine.</summary>
public sealed class CpuDevice : IComputeDevice
{
    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;

    /// <summary>Starts the device's threads.</summary>
    /// <param name="name">Such as <c>cpu:0</c>.</param>
    /// <param name="lane">The lane that it serves.</param>
    /// <param name="threads">How many threads, its own included.</param>
    public CpuDevice(string name, Lane lane, int threads)
    {
        (Name, Lane) = (name, lane);
        Team = new ThreadTeam(threads, name);
        _thread = new Thread(Work, 16 << 20) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Lane Lane { get; }

    /// <inheritdoc/>
    public ThreadTeam Team { get; }

    /// <inheritdoc/>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
#pragma warning disable CA1031 // Whatever happens on the device's thread travels to the caller.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                done.SetException(failure);
            }
        });
        return done.Task;
    }

    /// <summary>Ends the threads, after what was begun.</summary>
    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join();
        Team.Dispose();
        _work.Dispose();
    }

    private void Work()
    {
        foreach (Action work in _work.GetConsumingEnumerable())
            work();
    }
}
