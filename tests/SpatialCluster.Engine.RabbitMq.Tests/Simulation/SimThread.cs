using System.Collections.Concurrent;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Engine.RabbitMq.Tests.Simulation;

/// <summary>A thread of a simulated device. It runs only while the loop waits for it: of all threads of a simulation one runs at a time.</summary>
#pragma warning disable CA1001 // Nothing of a simulation is let go of: it is garbage as a whole.
internal sealed class SimThread
#pragma warning restore CA1001
{
    private static readonly ConcurrentBag<SimThread> s_idle = [];

    [ThreadStatic]
    private static SimThread? s_current;

    private readonly SemaphoreSlim _go = new(0);
    private readonly SemaphoreSlim _back = new(0);
    private SimProcess _process = null!;
    private Action _work = null!;
    private bool _aborted;
    private bool _done;

    private SimThread() => new Thread(Live, 16 << 20) { IsBackground = true, Name = "simulated device" }.Start();

    /// <summary>The one that this is; null on the loop's.</summary>
    public static SimThread? Current => s_current;

    /// <summary>Begins something on a thread, up to where it first waits.</summary>
    public static void Run(SimProcess process, Action work)
    {
        if (!process.Loop.IdleThreads.TryPop(out SimThread? thread))
        {
            if (!s_idle.TryTake(out thread))
                thread = new SimThread();
            process.Loop.Threads.Add(thread);
        }

        (thread._process, thread._work, thread._aborted, thread._done) = (process, work, false, false);
        thread.Go();
    }

    /// <summary>Waits on this thread while the simulation goes on.</summary>
    public static void Sleep(TimeSpan time)
    {
        SimThread thread = s_current!;
        thread._process.After(time, thread.Go);
        thread.Wait();
    }

    /// <summary>Never comes back.</summary>
    public static void Hang() => s_current!.Wait();

    /// <summary>Ends what it waits for, so that another simulation may have it.</summary>
    public void Release()
    {
        if (!_done)
        {
            _aborted = true;
            Go();
        }

        s_idle.Add(this);
    }

    private void Go()
    {
        _go.Release();
        _back.Wait();
        if (_done && !_aborted)
            _process.Loop.IdleThreads.Push(this);
    }

    private void Wait()
    {
        if (!_aborted)
        {
            _back.Release();
            _go.Wait();
        }

        if (_aborted)
            throw new SimulationOverException();
    }

    private void WaitFor(Task task)
    {
        _ = task.ContinueWith(_ => _process.After(TimeSpan.Zero, Go), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Wait();
    }

    private void Live()
    {
        s_current = this;
        DeviceWait.Use(WaitFor);
        while (true)
        {
            _go.Wait();
            try
            {
                _work();
            }
            catch (SimulationOverException)
            {
                // Nobody wants to know.
            }

            _done = true;
            _back.Release();
        }
    }
}
