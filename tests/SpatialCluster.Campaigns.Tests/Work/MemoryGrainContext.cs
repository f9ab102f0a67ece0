using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Work;
using SpatialCluster.Compute.Threading;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Tests.Work;

/// <summary>A store in memory, and the work of grains on it, one after the other.</summary>
internal sealed class MemoryGrainContext : GrainContext, IDisposable
{
    private readonly Dictionary<ContentDigest, byte[]> _blobs = [];
    private readonly Dictionary<GrainKey, GrainResult> _results = [];
    private readonly string _scratch = Directory.CreateTempSubdirectory("grains-").FullName;

    public MemoryGrainContext(int threads = 2) => Team = new ThreadTeam(threads);

    public override ThreadTeam Team { get; }

    public CancellationToken Stop { get; set; }

    public override CancellationToken Cancellation => Stop;

    public TrainingControl Control { get; set; } = new();

    public override TrainingControl Training => Control with { Cancellation = Stop };

    public override string ScratchFolder => _scratch;

    /// <summary>What was said of the stages.</summary>
    public List<string> Stages { get; } = [];

    /// <summary>What is to happen when a stage begins.</summary>
    public Action<string>? AtStage { get; set; }

    public GrainResult Run(GrainSpec spec)
    {
        JsonObject json = JsonNode.Parse(CanonicalJson.Bytes(spec.Json))!.AsObject();
        GrainProducts products = GrainWorks.Find(spec.Kind)!.Run(json, this);
        return Store(spec.Key, products);
    }

    /// <summary>Makes products the result of a grain, as if they had been stored and read again.</summary>
    public GrainResult Store(GrainKey key, GrainProducts products)
    {
        Directory.EnumerateFileSystemEntries(_scratch).ShouldBeEmpty();
        var result = new GrainResult { Key = key, Outputs = products.Outputs, Values = products.Values };
        return _results[key] = GrainResult.Parse(result.ToJson(), key.ToString());
    }

    public ContentDigest Blob(byte[] bytes)
    {
        var digest = new ContentDigest(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        _blobs[digest] = bytes;
        return digest;
    }

    public byte[] Bytes(GrainResult result, string name) => _blobs[result.Find(name)!.Digest];

    public void Forget(GrainKey key) => _results.Remove(key);

    public override GrainResult Input(GrainKey key) => _results[key];

    public override Stream Open(ContentDigest content) => new MemoryStream(_blobs[content], writable: false);

    public override void CopyToFile(ContentDigest content, string path) => File.WriteAllBytes(path, _blobs[content]);

    public override GrainOutput Put(string name, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        byte[] bytes = stream.ToArray();
        return new GrainOutput(name, Blob(bytes), bytes.Length);
    }

    public override GrainOutput PutFile(string name, string path) => Put(name, stream => stream.Write(File.ReadAllBytes(path)));

    public override void Stage(string stage)
    {
        Stages.Add(stage);
        AtStage?.Invoke(stage);
    }

    public void Dispose()
    {
        Team.Dispose();
        Directory.Delete(_scratch, recursive: true);
    }
}
