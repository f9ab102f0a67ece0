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
internal sealed class StoreCheckpoint(GrainRecords records, GrainLease lease, bool outlives) : ITrainingCheckpoint
{
    private readonly ArtifactName _name = StoreLayout.Checkpoint(lease.Key);
    private ArtifactTag? _tag;

    /// <summary>Whether the work went on from it.</summary>
    public bool WasOpened { get; private set; }

    public string Location => $"{_name} in {records.Store.Location}";

    public Stream? Open()
    {
        OpenArtifact? open = GrainRecords.Guard(records.Store.OpenAsync(_name)).GetAwaiter().GetResult();
        _tag = open?.Tag;
        WasOpened = open is not null;
        return open?.Content;
    }

    public void Save(Action<Stream> write)
    {
        long start = Stopwatch.GetTimestamp();
        try
        {
            Write(write);
        }
        catch (StoreFailedException failure) when (outlives && failure.Kind == FailureKind.Transient)
        {
            // What was written before stays good; should the attempt end now, it goes on from there.
            ClusterTelemetry.CheckpointFailures.Add(1);
            _tag = null;
            return;
        }

        ClusterTelemetry.CheckpointDuration.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        lease.NoteProgress();
        FaultPoint.Reach(RunnerFaultPoints.Checkpointed);
    }

    private void Write(Action<Stream> write)
    {
        lease.RequireAsync(CancellationToken.None).GetAwaiter().GetResult();
        // The epochs of an attempt must not wait for a file that another attempt is writing: whoever holds the lease writes over.
        _tag ??= GrainRecords.Guard(records.Store.FindAsync(_name)).GetAwaiter().GetResult()?.Tag;
        ArtifactTag? saved = GrainRecords.Guard(records.Store.ReplaceAsync(_name, _tag, WriteAsync)).GetAwaiter().GetResult();
        _tag = saved ?? throw new GrainLostException(lease.Key);

        Task WriteAsync(Stream stream, CancellationToken cancellation)
        {
            write(stream);
            return Task.CompletedTask;
        }
    }

    /// <summary>Removes it.</summary>
    public Task DeleteAsync() => GrainRecords.Guard(records.Store.DeleteAsync(_name));
}
