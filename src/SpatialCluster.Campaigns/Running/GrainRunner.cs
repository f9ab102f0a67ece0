using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Memory;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Running;

/// <summary>
/// Runs grains, whatever engine brings them: looks for the result, claims, works on the device's thread with heartbeat and
/// checkpoints, commits. A grain may be brought any number of times and to any number of processes: it is done once.
/// </summary>
public sealed class GrainRunner
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(500);

    private readonly GrainRecords _records;
    private readonly Dictionary<string, IGrainWork> _works;
    private readonly GrainRunnerOptions _options;
    private readonly ClaimOwner _owner;
    private readonly ConcurrentDictionary<GrainKey, GrainLease> _held = new();

    /// <summary>Makes a runner.</summary>
    /// <param name="records">The store.</param>
    /// <param name="works">The work of every kind of grain.</param>
    /// <param name="options">Intervals, retries, the clock.</param>
    public GrainRunner(GrainRecords records, IEnumerable<IGrainWork> works, GrainRunnerOptions options)
    {
        _records = records;
        _works = works.ToDictionary(w => w.Kind, StringComparer.Ordinal);
        Codes = _works.Values.SelectMany(w => w.Codes).ToHashSet(StringComparer.Ordinal);
        _options = options;
        _owner = options.Owner ?? ClaimOwner.Create();
    }

    /// <summary>The store.</summary>
    public GrainRecords Records => _records;

    /// <summary>The code that it has, such as <c>slice.1</c>.</summary>
    public IReadOnlySet<string> Codes { get; }

    /// <summary>Runs a grain whose inputs are done, unless its result is there or it was given up.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="observer">Told what goes on.</param>
    /// <param name="cancellation">Stops after the present epoch, with a checkpoint.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="OperationCanceledException">Stopped; nothing is lost but what lies behind the checkpoint.</exception>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public async Task<GrainOutcome> RunAsync(PlannedGrain grain, IComputeDevice device, IGrainObserver observer, CancellationToken cancellation)
    {
        while (true)
        {
            // Whoever else works on it: his result is as good as ours.
            if (await TryRunAsync(grain, device, observer, cancellation).ConfigureAwait(false) is { } outcome)
                return outcome;
            await PauseAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a grain as <see cref="RunAsync"/> does, but waits for nobody.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="observer">Told what goes on.</param>
    /// <param name="cancellation">Stops after the present epoch, with a checkpoint.</param>
    /// <returns>How it ended; null where somebody else works on it, so that the device may do something else meanwhile.</returns>
    /// <exception cref="OperationCanceledException">Stopped; nothing is lost but what lies behind the checkpoint.</exception>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    public async Task<GrainOutcome?> TryRunAsync(PlannedGrain grain, IComputeDevice device, IGrainObserver observer, CancellationToken cancellation)
    {
        while (true)
        {
            GrainTurn turn = await TakeTurnAsync(grain, GrainDelivery.None, device, observer, cancellation).ConfigureAwait(false);
            if (turn.End != TurnEnd.Again)
                return turn.Outcome;
        }
    }

    /// <summary>Makes one attempt at a grain whose inputs are done, unless its result is there, it was given up, or somebody works on it.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="delivery">How it came, and when the turn is to end.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="observer">Told what goes on.</param>
    /// <param name="cancellation">Stops after the present epoch, with a checkpoint.</param>
    /// <returns>How the turn ended.</returns>
    /// <exception cref="OperationCanceledException">Stopped; nothing is lost but what lies behind the checkpoint.</exception>
    /// <exception cref="StoreFailedException">The store failed.</exception>
    /// <exception cref="SpatialClusterException">Permanent: the grain was planned for code that this program does not have.</exception>
    public async Task<GrainTurn> TakeTurnAsync(PlannedGrain grain, GrainDelivery delivery, IComputeDevice device, IGrainObserver observer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (await FindEndAsync(grain.Key, cancellation).ConfigureAwait(false) is { } before)
        {
            if (before.State == GrainState.Reused)
                await DropCheckpointAsync(grain.Key, cancellation).ConfigureAwait(false);
            return new GrainTurn(TurnEnd.Ended, before);
        }

        if (!Codes.Contains(grain.Code))
            throw new SpatialClusterException(FailureKind.Permanent, $"'{grain.Title}' was planned for the code {grain.Code}, which this program does not have; run the campaign's document again, and it is planned anew.");
        GrainLease? lease = await GrainLease.TryTakeAsync(_records, grain.Key, _owner, delivery, _options.Clock, cancellation).ConfigureAwait(false);
        if (lease is null)
            return new GrainTurn(TurnEnd.Elsewhere);
        await using (lease.ConfigureAwait(false))
        {
            FaultPoint.Reach(RunnerFaultPoints.Claimed);
            _held[grain.Key] = lease;
            try
            {
                return await AttemptAsync(grain, delivery, lease, device, observer, cancellation).ConfigureAwait(false);
            }
            finally
            {
                _held.TryRemove(new KeyValuePair<GrainKey, GrainLease>(grain.Key, lease));
            }
        }
    }

    /// <summary>Gives a grain back although its work does not stop, for a process that must end now.</summary>
    /// <param name="key">The grain.</param>
    /// <returns>When anybody may take it.</returns>
    public Task AbandonAsync(GrainKey key) => _held.TryGetValue(key, out GrainLease? lease) ? lease.AbandonAsync() : Task.CompletedTask;

    /// <summary>Lets a moment pass in which somebody else may end his grain.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>When it has passed.</returns>
    public Task PauseAsync(CancellationToken cancellation) => Task.Delay(s_patience, _options.Clock, cancellation);

    // Who died between result and checkpoint left one that nobody would look at again.
    private async Task DropCheckpointAsync(GrainKey key, CancellationToken cancellation)
    {
        ArtifactName name = StoreLayout.Checkpoint(key);
        try
        {
            if (await GrainRecords.Guard(_records.Store.FindAsync(name, cancellation)).ConfigureAwait(false) is { } left)
                await GrainRecords.Guard(_records.Store.DeleteAsync(name, left.Tag, cancellation)).ConfigureAwait(false);
        }
        catch (SpatialClusterException)
        {
            // The grain is done all the same.
        }
    }

    private async Task<GrainOutcome?> FindEndAsync(GrainKey key, CancellationToken cancellation)
    {
        if (await _records.FindResultAsync(key, cancellation).ConfigureAwait(false) is not null)
            return new GrainOutcome(key, GrainState.Reused, 0);
        return await _records.FindFailureAsync(key, cancellation).ConfigureAwait(false) is { } failure
            ? new GrainOutcome(key, GrainState.Failed, 0, failure.Message)
            : null;
    }

    private async Task<GrainTurn> AttemptAsync(PlannedGrain grain, GrainDelivery delivery, GrainLease lease, IComputeDevice device, IGrainObserver observer, CancellationToken cancellation)
    {
        // Between the look for a result and the claim, another may have committed and released; not before anybody's first claim.
        if (lease.Attempt > 1 && await FindEndAsync(grain.Key, cancellation).ConfigureAwait(false) is { } known)
            return new GrainTurn(TurnEnd.Ended, known);
        if (await IsPoisonousAsync(lease, cancellation).ConfigureAwait(false))
        {
            // The owners may live, and have lost their connections only: then each of them says so at its next heartbeat.
            await WaitAsync(GrainClaim.Heartbeat * 1.5, cancellation).ConfigureAwait(false);
            if (await IsPoisonousAsync(lease, cancellation).ConfigureAwait(false))
                return await ParkAsync(grain, lease, cancellation).ConfigureAwait(false);
        }

        long start = _options.Clock.GetTimestamp();
        observer.Started(grain, device.Name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
        var checkpoint = new StoreCheckpoint(_records, lease, _options.OutlivesStore, _options.Clock);
        try
        {
            JsonObject spec = await _records.ReadSpecAsync(grain.Key, cancellation).ConfigureAwait(false);
            Worked worked = await device.RunAsync(() => Work(grain, delivery, spec, checkpoint, device, observer, stop.Token)).ConfigureAwait(false);
            FaultPoint.Reach(RunnerFaultPoints.Worked);
            await CommitAsync(grain, lease, worked, checkpoint, device, start, stop.Token).ConfigureAwait(false);
            return new GrainTurn(TurnEnd.Ended, new GrainOutcome(grain.Key, GrainState.Done, _options.Clock.GetElapsedTime(start).TotalSeconds));
        }
        catch (GrainLostException)
        {
            return await SurviveAsync(lease).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return await SurviveAsync(lease).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (delivery.Yield.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new GrainTurn(TurnEnd.Yielded);
        }
        catch (UnusableCheckpointException)
        {
            await checkpoint.DeleteAsync().ConfigureAwait(false);
            return new GrainTurn(TurnEnd.Again);
        }
        catch (StoreFailedException failure) when (!_options.OutlivesStore || failure.Kind == FailureKind.Transient)
        {
            throw;
        }
        catch (Exception leave) when (leave is OperationCanceledException or NewerRecordException)
        {
            // Nothing is wrong with the grain.
            throw;
        }
        catch (Exception failure) when (!_options.OutlivesStore && LocalDiskException.Behind(failure) is not null)
        {
            // Every other grain would meet the same: the campaign stops here, and goes on when there is room.
            throw new StoreFailedException(LocalDiskException.Behind(failure)!);
        }
#pragma warning disable CA1031 // The runner is where every failure of a grain's work is recorded.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return await GiveUpAsync(grain, lease, device, failure, start, cancellation).ConfigureAwait(false);
        }
    }

    // The owner of a claim that was taken over because he was silent may live: then the silence says nothing against the grain.
    private async Task<GrainTurn> SurviveAsync(GrainLease lease)
    {
        ClusterTelemetry.AttemptsLost.Add(1, new KeyValuePair<string, object?>("cause", "taken-over"));
        try
        {
            await _records.PutAsync(StoreLayout.AttemptSurvived(lease.Key, lease.Attempt), "survived\n"u8.ToArray()).ConfigureAwait(false);
        }
        catch (StoreFailedException)
        {
            // It is a help for others, and no more.
        }

        return new GrainTurn(TurnEnd.Elsewhere);
    }

    private async Task<bool> IsPoisonousAsync(GrainLease lease, CancellationToken cancellation)
    {
        if (_options.MostCrashes is not { } most || lease.Crashes < most)
            return false;
        int survived = 0;
        for (int attempt = Math.Max(1, lease.CrashesSince); attempt < lease.Attempt; attempt++)
        {
            if (await GrainRecords.Guard(_records.Store.FindAsync(StoreLayout.AttemptSurvived(lease.Key, attempt), cancellation)).ConfigureAwait(false) is not null)
                survived++;
        }

        return lease.Crashes - survived >= most;
    }

    // Unlike a cancelled Task.Delay this goes on where it is cancelled, and not on some thread of the pool.
    private async Task WaitAsync(TimeSpan time, CancellationToken cancellation)
    {
        var over = new TaskCompletionSource();
        ITimer timer = _options.Clock.CreateTimer(_ => over.TrySetResult(), null, time, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        using (cancellation.UnsafeRegister(_ => over.TrySetResult(), null))
            await over.Task.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
    }

    private async Task<GrainTurn> ParkAsync(PlannedGrain grain, GrainLease lease, CancellationToken cancellation)
    {
        try
        {
            await lease.RequireAsync(cancellation).ConfigureAwait(false);
        }
        catch (GrainLostException)
        {
            return await SurviveAsync(lease).ConfigureAwait(false);
        }

        string message = $"{lease.Crashes} processes in a row ended while they worked on it, each without a word and without a checkpoint, as they do where memory runs out "
            + $"(it is forecast to take {grain.ForecastBytes / 1048576.0:N0} MiB); give silos more memory or the grain less to do, and resume the campaign.";
        await _records.FailAsync(grain.Key, new GrainFailure(message, lease.Attempt - 1, null), cancellation).ConfigureAwait(false);
        FaultPoint.Reach(RunnerFaultPoints.Failed);
        lease.NoteGivenUp();
        return new GrainTurn(TurnEnd.Ended, new GrainOutcome(grain.Key, GrainState.Failed, 0, message));
    }

    private Worked Work(PlannedGrain grain, GrainDelivery delivery, JsonObject spec, StoreCheckpoint checkpoint, IComputeDevice device, IGrainObserver observer, CancellationToken stop)
    {
        long start = _options.Clock.GetTimestamp();
        using var memory = MemoryAccount.Open();
        var training = new TrainingControl
        {
            Progress = progress => observer.Epoch(grain, progress),
            Cancellation = stop,
            Yield = delivery.Yield,
            Checkpoint = checkpoint,
            CheckpointInterval = _options.CheckpointInterval,
            KeepsFinished = false,
            Resume = true,
            Clock = _options.Clock,
        };
        GrainProducts products;
        using (var context = new StoreGrainContext(_records, device.Team, training, stage => observer.Stage(grain, stage)))
            products = _works[grain.Key.Kind].Run(spec, context);
        memory.Dispose();
        return new Worked(products, _options.Clock.GetElapsedTime(start).TotalSeconds, memory.PeakBytes);
    }

    private async Task CommitAsync(PlannedGrain grain, GrainLease lease, Worked worked, StoreCheckpoint checkpoint, IComputeDevice device, long start, CancellationToken stop)
    {
        var metrics = new AttemptMetrics
        {
            Seconds = _options.Clock.GetElapsedTime(start).TotalSeconds,
            WorkSeconds = worked.Seconds,
            PeakBytes = worked.PeakBytes,
            Device = device.Name,
            Threads = device.Team.Threads,
            Machine = Environment.MachineName,
            Ended = _options.Clock.GetUtcNow(),
            Resumed = checkpoint.WasOpened,
        };
        await lease.RequireAsync(stop).ConfigureAwait(false);
        await _records.PutAsync(StoreLayout.AttemptMetrics(grain.Key, lease.Attempt), metrics.ToJson(), stop).ConfigureAwait(false);
        FaultPoint.Reach(RunnerFaultPoints.Measured);
        await lease.RequireAsync(stop).ConfigureAwait(false);
        await _records.CommitAsync(new GrainResult { Key = grain.Key, Outputs = worked.Products.Outputs, Values = worked.Products.Values }, stop).ConfigureAwait(false);
        FaultPoint.Reach(RunnerFaultPoints.Committed);
        try
        {
            if (lease.Attempt > 1 || checkpoint.MayBeThere)
                await checkpoint.DeleteAsync().ConfigureAwait(false);
        }
        catch (SpatialClusterException)
        {
            // The grain is done; a checkpoint that stays is deleted when the grain is next met, or collected.
        }

        FaultPoint.Reach(RunnerFaultPoints.Released);
    }

    private async Task<GrainTurn> GiveUpAsync(PlannedGrain grain, GrainLease lease, IComputeDevice device, Exception failure, long start, CancellationToken cancellation)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(failure is SpatialClusterException ? failure.Message + "\n" : failure + "\n");
        await _records.PutAsync(StoreLayout.AttemptError(grain.Key, lease.Attempt), text, cancellation).ConfigureAwait(false);
        LocalDiskException? disk = LocalDiskException.Behind(failure);
        if ((disk is not null || failure is StoreFailedException or SpatialClusterException { Kind: FailureKind.Transient }) && lease.Failures + 1 < _options.MostAttempts)
        {
            lease.NoteFailure();
            return new GrainTurn(TurnEnd.Again) { Trouble = disk?.Message };
        }

        try
        {
            // An attempt that another has taken over may fail for reasons of its own; they are nobody else's.
            await lease.RequireAsync(cancellation).ConfigureAwait(false);
        }
        catch (GrainLostException)
        {
            return await SurviveAsync(lease).ConfigureAwait(false);
        }

        string message = Sentence(grain, device, failure);
        await _records.FailAsync(grain.Key, new GrainFailure(message, lease.Attempt, null), cancellation).ConfigureAwait(false);
        FaultPoint.Reach(RunnerFaultPoints.Failed);
        lease.NoteGivenUp();
        ClusterTelemetry.AttemptsLost.Add(1, new KeyValuePair<string, object?>("cause", "failed"));
        return new GrainTurn(TurnEnd.Ended, new GrainOutcome(grain.Key, GrainState.Failed, _options.Clock.GetElapsedTime(start).TotalSeconds, message));
    }

    private static string Sentence(PlannedGrain grain, IComputeDevice device, Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is OutOfMemoryException)
            {
                return $"Memory ran out on {device.Name} of {Environment.MachineName} (it is forecast to take {grain.ForecastBytes / 1048576.0:N0} MiB, and the process may have {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576.0:N0} MiB in all); "
                    + "give silos more memory, run fewer grains at a time (--slots, --memory-limit), or lower the widths among the method's parameters, and resume the campaign.";
            }
        }

        return failure is SpatialClusterException ? failure.Message : $"Internal error ({failure.GetType().Name}): {failure.Message}";
    }

    private sealed record Worked(GrainProducts Products, double Seconds, long PeakBytes);
}
