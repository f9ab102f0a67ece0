using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Compute.Errors;
using SpatialCluster.Tests.Artifacts.Stores;

namespace SpatialCluster.Tests.Artifacts.Contents;

/// <summary>Content by digest, over a store that stages and over one that does not.</summary>
public sealed class ContentStoreTests : IDisposable
{
    private static readonly ContentDigest s_absent = new(new string('0', 64));

    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Put_AnyBytes_ReadBackUnderTheirDigest(bool files)
    {
        ContentStore content = Content(files);
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
        {
            ContentReference reference = content.PutBytesAsync(bytes).Result;
            reference.ShouldBe(new ContentReference(new ContentDigest(Convert.ToHexStringLower(SHA256.HashData(bytes))), bytes.Length));
            content.PutAsync((stream, stop) => stream.WriteAsync(bytes, stop).AsTask()).Result.ShouldBe(reference);
            content.ReadAsync(reference.Digest).Result.ShouldBe(bytes);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_ManyPiecesOfAllSizes_IsWhole(bool files)
    {
        ContentStore content = Content(files);
        byte[] bytes = RandomNumberGenerator.GetBytes(500_000);
        ContentReference reference = await content.PutAsync(async (stream, stop) =>
        {
            for (int start = 0, size = 1; start < bytes.Length; start += size, size = Math.Min(size * 3, bytes.Length - start))
                await stream.WriteAsync(bytes.AsMemory(start, size), stop);
        });
        (await content.ReadAsync(reference.Digest)).ShouldBe(bytes);
        await File.WriteAllBytesAsync(_folder["in"], bytes);
        (await content.PutFileAsync(_folder["in"])).ShouldBe(reference);
        await content.CopyToFileAsync(reference.Digest, _folder["out"]);
        (await File.ReadAllBytesAsync(_folder["out"])).ShouldBe(bytes);
        (await content.ExistsAsync(reference.Digest)).ShouldBeTrue();
        (await content.Store.NamesAsync()).ShouldBe([StoreLayout.Blob(reference.Digest).Value]);
    }

    [Fact]
    public async Task PutFile_NotThere_PutsIt()
    {
        ContentStore content = Content(files: true);
        byte[] bytes = RandomNumberGenerator.GetBytes(3_000_000);
        await File.WriteAllBytesAsync(_folder["in"], bytes);
        (await content.ReadAsync((await content.PutFileAsync(_folder["in"])).Digest)).ShouldBe(bytes);
        await Should.ThrowAsync<BadInputException>(() => content.PutFileAsync(_folder["none"]));
        await Should.ThrowAsync<BadInputException>(() => content.PutFileAsync(_folder.Path));
    }

    [Fact]
    public async Task PutBytes_Again_WritesNothing()
    {
        ContentStore content = Content(files: true);
        ContentReference reference = await content.PutBytesAsync("x"u8.ToArray());
        ArtifactTag? tag = await content.Store.TagAsync(StoreLayout.Blob(reference.Digest).Value);
        await content.PutBytesAsync("x"u8.ToArray());
        await content.PutAsync(StoreCalls.Text("x"));
        (await content.Store.TagAsync(StoreLayout.Blob(reference.Digest).Value)).ShouldBe(tag);
    }

    // A collection that has already decided that nobody refers to an old blob deletes it in the state in which it saw it.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_OldContentAgain_IsRenewed(bool files)
    {
        ContentStore content = Content(files, new LaterTime(TimeSpan.FromHours(2)));
        ContentReference reference = await Content(files, shared: content.Store).PutBytesAsync("x"u8.ToArray());
        ArtifactName name = StoreLayout.Blob(reference.Digest);
        ArtifactTag seen = (await content.Store.TagAsync(name.Value))!.Value;
        await content.PutBytesAsync("x"u8.ToArray());
        (await content.Store.DeleteAsync(name, seen)).ShouldBeFalse();
        (await content.ReadAsync(reference.Digest)).ShouldBe("x"u8.ToArray());
    }

    [Theory]
    [InlineData("other content", true)]
    [InlineData("short", true)]
    [InlineData("", true)]
    [InlineData("longer than it was", true)]
    public async Task Read_Damaged_IsRefusedAndNothingIsLeft(string damage, bool files)
    {
        ContentStore content = Content(files);
        ContentReference reference = await content.PutBytesAsync("right content"u8.ToArray());
        string path = _folder[$"s/blobs/{reference.Digest.Hex[..2]}/{reference.Digest}"];
        await File.WriteAllTextAsync(path, damage);
        await ShouldBeDamaged(() => content.ReadAsync(reference.Digest));
        await ShouldBeDamaged(() => content.CopyToFileAsync(reference.Digest, _folder["out"]));
        File.Exists(_folder["out"]).ShouldBeFalse();
        if (damage.Length == 13)
            return;
        await content.PutBytesAsync("right content"u8.ToArray());
        (await content.ReadAsync(reference.Digest)).ShouldBe("right content"u8.ToArray(), "putting it again mends another size");

        async Task ShouldBeDamaged(Func<Task> read)
        {
            SpatialClusterException failure = await Should.ThrowAsync<SpatialClusterException>(read);
            failure.Kind.ShouldBe(FailureKind.Permanent);
            failure.Message.ShouldContain(reference.Digest.Hex);
            failure.Message.ShouldContain("store verify");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_Absent_SaysSo(bool files)
    {
        SpatialClusterException failure = await Should.ThrowAsync<SpatialClusterException>(() => Content(files).ReadAsync(s_absent));
        (failure.Kind, failure.Message.Contains(s_absent.Hex, StringComparison.Ordinal)).ShouldBe((FailureKind.Permanent, true));
        (await Content(files).ExistsAsync(s_absent)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Put_WriterFails_LeavesNothing(bool files)
    {
        ContentStore content = Content(files);
        await Should.ThrowAsync<InvalidDataException>(() => content.PutAsync((_, _) => throw new InvalidDataException()));
        (await content.Store.NamesAsync()).ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private ContentStore Content(bool files, TimeProvider? time = null, IArtifactStore? shared = null) =>
        new(shared ?? (files ? FileSystemArtifactStore.Open(_folder["s"], create: true) : new MemoryArtifactStore()), time);

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + by;
    }
}
