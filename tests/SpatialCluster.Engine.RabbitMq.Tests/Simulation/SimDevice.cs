using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Threading;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A device of a simulated process: what it does takes simulated time.</summary>
internal sealed class SimDevice(SimProcess process, string name, Lane lane) : IComputeDevice
{
    private static readonly ThreadTeam s_team = new(1);

    public string Name => name;

    public Lane Lane => lane;

    public ThreadTeam Team => s_team;

    public bool IsBusy { get; private set; }

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>();
        process.After(TimeSpan.Zero, () =>
        {
            IsBusy.ShouldBeFalse("a device does one thing at a time");
            IsBusy = true;
            SimThread.Run(process, () => Do(work, done));
        });
        return done.Task;
    }

    public void Dispose()
    {
    }

    private void Do<T>(Func<T> work, TaskCompletionSource<T> done)
    {
        try
        {
            T made = work();
            End(() => done.SetResult(made));
        }
        catch (Exception failure) when (failure is not SimulationOverException)
        {
            End(() => done.SetException(failure));
        }
    }

    private void End(Action tell) => process.After(TimeSpan.Zero, () =>
    {
        IsBusy = false;
        tell();
    });
}
