using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Tests.Artifacts.Stores;

public sealed class FileSystemArtifactStoreTests : ArtifactStoreContract
{
    private readonly TestFolder _folder = new();
    private int _stores;

    [Fact]
    public async Task Open_TwiceOnOneFolder_SeesTheSameStates()
    {
        using FileSystemArtifactStore one = FileSystemArtifactStore.Open(_folder["s"], create: true), other = FileSystemArtifactStore.Open(_folder["s"], create: true);
        ArtifactTag? tag = await one.PutAsync("a/b", "one");
        (await other.TagAsync("a/b")).ShouldBe(tag);
        (await other.ReplaceAsync("a/b", tag, "two")).ShouldNotBeNull();
        (await one.ReplaceAsync("a/b", tag, "three")).ShouldBeNull();
        (await one.ReadAsync("a/b")).ShouldBe("two");
    }

    [Fact]
    public async Task Writes_AtTheirEnd_LeaveNoTemporaryFiles()
    {
        using (FileSystemArtifactStore store = FileSystemArtifactStore.Open(_folder["s"], create: true))
        {
            ArtifactTag? tag = await store.PutAsync("a/b", "one");
            await store.PutAsync("a/b", "two");
            await store.ReplaceAsync("a/b", tag, "three");
            await store.ReplaceAsync("a/b", tag, "four");
            await Should.ThrowAsync<IOException>(() => store.PutIfAbsentAsync(new ArtifactName("a/c"), (_, _) => throw new IOException()));
            await store.DeleteAsync(new ArtifactName("a/b"));
            store.Temporaries().ShouldBeEmpty();
        }

        Directory.GetFileSystemEntries(_folder["s"], ".tmp/*").ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_LastOfAFolder_RemovesTheFolder()
    {
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(_folder["s"], create: true);
        await store.PutAsync("grains/slice/0a/spec.json", "x");
        await store.PutAsync("grains/slice/0a/attempts/1/error.txt", "x");
        await store.DeleteAsync(new ArtifactName("grains/slice/0a/attempts/1/error.txt"));
        Directory.Exists(_folder["s/grains/slice/0a/attempts"]).ShouldBeFalse();
        File.Exists(_folder["s/grains/slice/0a/spec.json"]).ShouldBeTrue();
        await store.DeleteAsync(new ArtifactName("grains/slice/0a/spec.json"));
        Directory.GetFileSystemEntries(_folder["s/grains"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task Put_NameInAnArtifactOrOfAFolder_IsRefused()
    {
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(_folder["s"], create: true);
        await store.PutAsync("a/b", "x");
        (await Should.ThrowAsync<BadInputException>(() => store.PutAsync("a/b/c", "x"))).Message.ShouldContain("choose another");
        (await Should.ThrowAsync<BadInputException>(() => store.PutAsync("a", "x"))).Message.ShouldContain("choose another");
        (await Should.ThrowAsync<BadInputException>(() => store.PutAsync(new string('a', 300), "x"))).Message.ShouldContain("255");
        store.Temporaries().ShouldBeEmpty();
    }

    // The runtime's own locks on open files must not reach artifacts.
    [Fact]
    public async Task Open_WhileOthersReadAndReplace_IsNeverRefused()
    {
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(_folder["s"], create: true);
        ArtifactTag? tag = await store.PutAsync("a", "x");
        await using OpenArtifact one = (await store.OpenAsync(new ArtifactName("a")))!, two = (await store.OpenAsync(new ArtifactName("a")))!;
        (await store.ReplaceAsync("a", tag, "y")).ShouldNotBeNull();
        (await store.ReadAsync("a")).ShouldBe("y");
    }

    [Fact]
    public async Task List_ForeignFiles_AreLeftOut()
    {
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(_folder["s"], create: true);
        await store.PutAsync("a/b", "x");
        Directory.CreateDirectory(_folder["s/blobs/aa"]);
        foreach (string foreign in new[] { "a/READ ME", "a/.hidden", "blobs/notes.txt", "blobs/aa/short", $"blobs/aa/{new string('b', 64)}" })
            await File.WriteAllTextAsync(_folder[$"s/{foreign}"], "x");
        (await store.NamesAsync()).ShouldBe(["a/b"]);
    }

    [Fact]
    public void Open_NoStore_IsRefusedUnlessItIsToBeMade()
    {
        Should.Throw<BadInputException>(() => FileSystemArtifactStore.Open(_folder["none"], create: false)).Message.ShouldContain("no artifact store");
        Directory.Exists(_folder["none"]).ShouldBeFalse();
        FileSystemArtifactStore.Open(_folder["deep/er"], create: true).Dispose();
        FileSystemArtifactStore.Open(_folder["deep/er"], create: false).Location.ShouldBe(_folder["deep/er"]);
    }

    [Fact]
    public void Open_FolderOfOtherThings_IsNotMadeAStore()
    {
        File.WriteAllText(_folder["thesis.txt"], "x");
        Should.Throw<BadInputException>(() => FileSystemArtifactStore.Open(_folder.Path, create: true)).Message.ShouldContain("thesis.txt");
        Directory.GetFileSystemEntries(_folder.Path).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"format":"spatialcluster-store","version":2}""", "newer program")]
    [InlineData("""{"format":"other","version":1}""", "not that of an artifact store")]
    [InlineData("""{"version":1}""", "not that of an artifact store")]
    [InlineData("{", "damaged")]
    [InlineData("", "damaged")]
    public void Open_MarkerOfAnotherKind_IsRefused(string marker, string says)
    {
        File.WriteAllText(_folder["store.json"], marker);
        Should.Throw<BadInputException>(() => FileSystemArtifactStore.Open(_folder.Path, create: true)).Message.ShouldContain(says);
        File.ReadAllText(_folder["store.json"]).ShouldBe(marker);
    }

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    protected override IArtifactStore NewStore() => FileSystemArtifactStore.Open(_folder[$"{++_stores}"], create: true);
}
