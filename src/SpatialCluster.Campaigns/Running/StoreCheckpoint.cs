using System.Diagnostics;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Telemetry;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Running;

/// <summary>The checkpoint of a grain in the store. An attempt that has lost the grain writes none.</summary>
/// <param name="records">The store.</param>
/// <param name="lease">The attempt.</param>
/// <param name="outlives">Whether a store that is away for a while is no reason to stop.</param>
/// <param name="clock">The clock.</param>
internal sealed class StoreCheckpoint(GrainRecords records, GrainLease lease, bool outlives, TimeProvider clock) : ITrainingCheckpoint
{
    private const int MostTries = 3;

    // A store that is away is known by a small question, which is asked for a minute and more. Epochs do not wait for that.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly ArtifactName _name = StoreLayout.Checkpoint(lease.Key);
    private ArtifactTag? _tag;

    /// <summary>Whether the work went on from it.</summary>
    public bool WasOpened { get; private set; }

    /// <summary>Whether this attempt found one or began to write one.</summary>
    public bool MayBeThere { get; private set; }

    public string Location => $"{_name} in {records.Store.Location}";

    public Stream? Open()
    {
        OpenArtifact? open = DeviceWait.For(GrainRecords.Guard(records.Store.OpenAsync(_name)));
        _tag = open?.Tag;
        WasOpened = open is not null;
        MayBeThere |= WasOpened;
        return open?.Content;
    }

    public void Save(Action<Stream> write)
    {
        long start = Stopwatch.GetTimestamp();
        using CancellationTokenSource? late = outlives ? new CancellationTokenSource(s_patience, clock) : null;
        MayBeThere = true;
        try
        {
            Write(write, late?.Token ?? CancellationToken.None);
            DeviceWait.For(lease.NoteProgressAsync(CancellationToken.None));
        }
        catch (Exception failure) when (outlives && (failure is StoreFailedException { Kind: FailureKind.Transient } || (failure is OperationCanceledException && late!.IsCancellationRequested)))
        {
            // What was written before stays good; should the attempt end now, it goes on from there.
            ClusterTelemetry.CheckpointFailures.Add(1);
            _tag = null;
            return;
        }

        ClusterTelemetry.CheckpointDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        FaultPoint.Reach(RunnerFaultPoints.Checkpointed);
    }

    private void Write(Action<Stream> write, CancellationToken late)
    {
        // The epochs of an attempt must not wait for a file that another attempt is writing: whoever holds the lease writes over.
        for (int tries = 0; tries < MostTries; tries++)
        {
            DeviceWait.For(lease.RequireAsync(late));
            _tag ??= DeviceWait.For(GrainRecords.Guard(records.Store.FindAsync(_name, late)))?.Tag;
            _tag = DeviceWait.For(GrainRecords.Guard(records.Store.ReplaceAsync(_name, _tag, WriteAsync, CancellationToken.None)));
            if (_tag is not null)
                return;
        }

        throw new GrainLostException(lease.Key);

        Task WriteAsync(Stream stream, CancellationToken cancellation)
        {
            write(stream);
            return Task.CompletedTask;
        }
    }

    /// <summary>Removes it.</summary>
    public Task DeleteAsync() => GrainRecords.Guard(records.Store.DeleteAsync(_name));
}
