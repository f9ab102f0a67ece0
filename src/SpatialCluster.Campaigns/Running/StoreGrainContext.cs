using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Running;

/// <summary>What the work of a grain may use, over a store.</summary>
internal sealed class StoreGrainContext : GrainContext, IDisposable
{
    private readonly GrainRecords _records;
    private readonly Action<string> _stage;
    private readonly Lazy<string> _scratch = new(() => Directory.CreateTempSubdirectory("spatialcluster-").FullName);

    public StoreGrainContext(GrainRecords records, ThreadTeam team, TrainingControl training, Action<string> stage)
    {
        _records = records;
        Team = team;
        Training = training;
        _stage = stage;
    }

    public override ThreadTeam Team { get; }

    public override CancellationToken Cancellation => Training.Cancellation;

    public override TrainingControl Training { get; }

    public override string ScratchFolder => _scratch.Value;

    public override GrainResult Input(GrainKey key) => Wait(_records.FindResultAsync(key, Cancellation))
        ?? throw new SpatialClusterException(FailureKind.Permanent, $"The input {key} is not in {_records.Store.Location} any more; resume the campaign, and it is made again.");

    public override Stream Open(ContentDigest content) => Wait(GrainRecords.Guard(_records.Content.OpenAsync(content, Cancellation)));

    public override void CopyToFile(ContentDigest content, string path) => Wait(GrainRecords.Guard(Copy(content, path)));

    public override GrainOutput Put(string name, Action<Stream> write)
    {
        ContentReference put = Wait(GrainRecords.Guard(_records.Content.PutAsync(
            (stream, _) =>
            {
                write(stream);
                return Task.CompletedTask;
            },
            Cancellation)));
        return new GrainOutput(name, put.Digest, put.Bytes);
    }

    public override GrainOutput PutFile(string name, string path)
    {
        ContentReference put = Wait(GrainRecords.Guard(_records.Content.PutFileAsync(path, Cancellation)));
        return new GrainOutput(name, put.Digest, put.Bytes);
    }

    public override void Stage(string stage)
    {
        Cancellation.ThrowIfCancellationRequested();
        _stage(stage);
    }

    public void Dispose()
    {
        if (!_scratch.IsValueCreated)
            return;
        try
        {
            Directory.Delete(_scratch.Value, recursive: true);
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // The work is done; what stays lies among the system's temporary files.
        }
    }

    // The work has the device's thread to itself, and no other work waits behind it.
    private static T Wait<T>(Task<T> task) => DeviceWait.For(task);

    private async Task<bool> Copy(ContentDigest content, string path)
    {
        await _records.Content.CopyToFileAsync(content, path, Cancellation).ConfigureAwait(false);
        return true;
    }
}
