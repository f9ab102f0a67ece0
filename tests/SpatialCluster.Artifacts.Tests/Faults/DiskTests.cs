using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Tests.Artifacts.Stores;

namespace SpatialCluster.Tests.Artifacts.Faults;

/// <summary>Disks without room, and disks that may only be read.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [SkippableFact]
    public async Task Put_NoRoom_IsSaidAndNothingHalfIsThere()
    {
        using SmallDisk disk = SmallDisk.Require(_folder.Path, 512);
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(_folder.Path, create: true);
        ArtifactTag? tag = await store.PutAsync("a", "small");
        Func<Stream, CancellationToken, Task> tooMuch = (stream, stop) => stream.WriteAsync(new byte[1 << 20], stop).AsTask();
        foreach (Func<Task> call in new Func<Task>[]
        {
            () => store.PutIfAbsentAsync(new ArtifactName("b"), tooMuch),
            () => store.ReplaceAsync(new ArtifactName("a"), tag, tooMuch),
            () => new ContentStore(store).PutAsync(tooMuch),
        })
        {
            SpatialClusterException failure = await Should.ThrowAsync<SpatialClusterException>(call);
            failure.Kind.ShouldBe(FailureKind.Permanent);
            failure.Message.ShouldContain(_folder.Path);
            failure.Message.ShouldContain("No space");
        }

        store.Temporaries().ShouldBeEmpty();
        (await store.NamesAsync()).ShouldBe(["a"]);
        (await store.ReplaceAsync("a", tag, "as small")).ShouldNotBeNull();
        (await store.ReadAsync("a")).ShouldBe("as small");
    }

    [SkippableFact]
    public async Task Write_ReadOnlyStore_IsRefusedAndReadingWorks()
    {
        using SmallDisk disk = SmallDisk.Require(_folder.Path, 512);
        ContentReference content;
        using (FileSystemArtifactStore writable = FileSystemArtifactStore.Open(_folder.Path, create: true))
        {
            await writable.PutAsync("a", "small");
            content = await new ContentStore(writable).PutBytesAsync("x"u8.ToArray());
        }

        disk.MakeReadOnly();
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(_folder.Path, create: true);
        (await store.ReadAsync("a")).ShouldBe("small");
        (await new ContentStore(store).ReadAsync(content.Digest)).ShouldBe("x"u8.ToArray());
        (await store.NamesAsync()).ShouldBe(["a", StoreLayout.Blob(content.Digest).Value]);
        ArtifactTag? tag = await store.TagAsync("a");
        foreach (Func<Task> call in new Func<Task>[]
        {
            () => store.PutAsync("b", "x"),
            () => store.ReplaceAsync("a", tag, "x"),
            () => store.DeleteAsync(new ArtifactName("a")),
            () => new ContentStore(store).PutBytesAsync("y"u8.ToArray()),
        })
            (await Should.ThrowAsync<BadInputException>(call)).Message.ShouldContain("may not be written to");
    }

    public void Dispose() => _folder.Dispose();
}
