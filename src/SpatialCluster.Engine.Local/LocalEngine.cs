using System.Threading.Channels;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.Local;

/// <summary>
/// Runs campaigns in this process: a device per slot, grains in the order of the plan, as many at a time as slots and memory
/// allow. The cores are divided among the slots, so that no number of runs oversubscribes them.
/// </summary>
public sealed class LocalEngine : IGrainEngine
{
    private readonly GrainRunner _runner;
    private readonly LocalEngineOptions _options;
    private readonly IReadOnlyList<IComputeDevice> _devices;

    /// <summary>Starts the devices.</summary>
    /// <param name="runner">Runs a grain.</param>
    /// <param name="options">What may be taken of the machine.</param>
    public LocalEngine(GrainRunner runner, LocalEngineOptions options)
    {
        (_runner, _options) = (runner, options);
        _devices =
        [
            .. Enumerable.Range(0, options.Slots).Select(slot => new CpuDevice($"cpu:{slot}", Lane.Cpu, options.ThreadsPerSlot)),
            new CpuDevice("io:0", Lane.Io, 1),
        ];
    }

    /// <inheritdoc/>
    public string Name => "local";

    /// <inheritdoc/>
    public Task<CampaignOutcome> RunAsync(CampaignPlan plan, IGrainObserver observer, CancellationToken cancellation) =>
        new Execution(this, plan, observer).RunAsync(cancellation);

    /// <summary>Ends the devices.</summary>
    /// <returns>When they have ended.</returns>
    public ValueTask DisposeAsync()
    {
        foreach (IComputeDevice device in _devices)
            device.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class Execution(LocalEngine engine, CampaignPlan plan, IGrainObserver observer)
    {
        private readonly GrainSchedule _schedule = new(plan.Grains);
        private readonly CampaignLedger _ledger = new(plan, engine._runner.Records);
        private readonly Dictionary<Lane, SortedSet<int>> _ready = [];
        private readonly Stack<IComputeDevice> _idle = new(engine._devices.Reverse());
        private readonly List<int> _elsewhere = [];
        private readonly Channel<(int Place, IComputeDevice Device, Task<GrainOutcome?> Run)?> _ended =
            Channel.CreateUnbounded<(int, IComputeDevice, Task<GrainOutcome?>)?>();

        private int _running;
        private long _runningBytes;
        private int _done;
        private int _reused;
        private int _failed;

        public async Task<CampaignOutcome> RunAsync(CancellationToken cancellation)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Announce(_schedule.Roots());
            Exception? failure = null;
            while (!_schedule.Finished && (failure is null || _running > 0))
            {
                if (failure is null)
                    Assign(stop.Token);
                if (_running == 0 && _elsewhere.Count == 0)
                    throw new SpatialClusterException(FailureKind.Permanent, $"No device of this machine serves the lane {_ready.First(l => l.Value.Count > 0).Key.ToString().ToLowerInvariant()}, and the campaign has grains for it.");
                if (await _ended.Reader.ReadAsync(CancellationToken.None).ConfigureAwait(false) is not var (place, device, run))
                {
                    Announce(_elsewhere);
                    _elsewhere.Clear();
                    continue;
                }

                _running--;
                _runningBytes -= plan.Grains[place].ForecastBytes;
                _idle.Push(device);
                try
                {
                    if (await run.ConfigureAwait(false) is { } outcome)
                        await EndAsync(place, outcome).ConfigureAwait(false);
                    else
                        AskAgain(place, stop.Token);
                }
#pragma warning disable CA1031 // It is thrown when all that runs has ended.
                catch (Exception stopping)
#pragma warning restore CA1031
                {
                    // Nothing can be recorded, or nothing is wanted any more: what runs is stopped, and waited for.
                    failure ??= stopping;
                    await stop.CancelAsync().ConfigureAwait(false);
                }
            }

            cancellation.ThrowIfCancellationRequested();
            if (failure is not null)
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
            return new CampaignOutcome(_done, _reused, _failed);
        }

        private void Announce(IEnumerable<int> places)
        {
            foreach (int place in places)
            {
                Lane lane = plan.Grains[place].Lane;
                if (!_ready.TryGetValue(lane, out SortedSet<int>? queue))
                    _ready[lane] = queue = [];
                queue.Add(place);
            }
        }

        private void Assign(CancellationToken stop)
        {
            var unused = new List<IComputeDevice>();
            while (_idle.TryPop(out IComputeDevice? device))
            {
                if (Next(device.Lane) is { } place)
                    Start(place, device, stop);
                else
                    unused.Add(device);
            }

            unused.Reverse();
            unused.ForEach(_idle.Push);
        }

        // Another process works on it: this one does what comes after it, and looks again in a moment.
        private void AskAgain(int place, CancellationToken stop)
        {
            _elsewhere.Add(place);
            if (_elsewhere.Count > 1)
                return;
            _ = engine._runner.PauseAsync(stop).ContinueWith(
                _ => _ended.Writer.TryWrite(null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        // The first in the plan's order that fits beside what runs; one that fits beside nothing runs alone, and says itself if that is too much.
        private int? Next(Lane lane)
        {
            if (!_ready.TryGetValue(lane, out SortedSet<int>? queue))
                return null;
            foreach (int place in queue)
            {
                if (_running == 0 || _runningBytes + plan.Grains[place].ForecastBytes <= engine._options.MemoryLimit)
                {
                    queue.Remove(place);
                    return place;
                }
            }

            return null;
        }

        private void Start(int place, IComputeDevice device, CancellationToken stop)
        {
            _running++;
            _runningBytes += plan.Grains[place].ForecastBytes;
            Task<GrainOutcome?> run = engine._runner.TryRunAsync(plan.Grains[place], device, observer, stop);
            _ = run.ContinueWith(
                ended => _ended.Writer.TryWrite((place, device, ended)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }

        private async Task EndAsync(int place, GrainOutcome outcome)
        {
            observer.Ended(plan.Grains[place], outcome);
            if (outcome.State != GrainState.Failed)
            {
                if (outcome.State == GrainState.Done)
                    _done++;
                else
                    _reused++;
                Announce(_schedule.Complete(place));
                return;
            }

            _failed++;
            HashSet<GrainKey> lost = [.. _schedule.Fail(place).Select(p => plan.Grains[p].Key)];
            foreach (GrainOutcome untried in await _ledger.FailDownstreamAsync(plan.Grains[place], outcome.Error!, CancellationToken.None).ConfigureAwait(false))
            {
                // What another failure took away before was told then.
                if (!lost.Contains(untried.Key))
                    continue;
                _failed++;
                observer.Ended(_ledger.Find(untried.Key)!, untried);
            }
        }
    }
}
