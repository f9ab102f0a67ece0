using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Campaigns.Tests.Planning;

public sealed class InputIngestTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public InputIngestTests() => File.WriteAllText(_file, "abc");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void DigestOnly_AFile_HasTheKnownDigest() =>
        new DigestOnly().Ingest(_file, "a.csv").ShouldBe(new("a.csv", new ContentDigest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), 3));

    [Fact]
    public void DigestOnly_NoFile_IsRefused() =>
        Should.Throw<BadInputException>(() => new DigestOnly().Ingest(_file + ".none", "a")).Message.ShouldContain("cannot be read");

    [Fact]
    public void StoreIngest_AFile_LiesUnderItsContent()
    {
        var store = new MemoryBlobs(beforeWrite: () => { });
        var file = new StoreIngest(store).Ingest(_file, "a.csv");
        store.Written[StoreLayout.Blob(file.Content)].ShouldBe("abc"u8.ToArray());
    }

    [Fact]
    public void StoreIngest_FileThatChangesMeanwhile_IsNotStoredUnderItsOldContent()
    {
        var store = new MemoryBlobs(beforeWrite: () => File.WriteAllText(_file, "abd"));
        Should.Throw<BadInputException>(() => new StoreIngest(store).Ingest(_file, "a.csv")).Message.ShouldContain("while it was read");
        store.Written.ShouldBeEmpty();
    }

    private sealed class MemoryBlobs(Action beforeWrite) : IArtifactStore
    {
        public Dictionary<ArtifactName, byte[]> Written { get; } = [];

        public string Location => "memory";

        public async Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default)
        {
            beforeWrite();
            using var stream = new MemoryStream();
            await write(stream, cancellation).ConfigureAwait(false);
            Written.Add(name, stream.ToArray());
            return new ArtifactTag("1");
        }

        public Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default) => throw new NotSupportedException();

        public IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, CancellationToken cancellation = default) => throw new NotSupportedException();

        public Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
