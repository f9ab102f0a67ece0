using System.Security.Cryptography;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.AzureBlob;
using SpatialCluster.Compute.Errors;
using SpatialCluster.StoreProbe;

namespace SpatialCluster.Tests.Artifacts.Stores.AzureBlob;

/// <summary>The store of blobs, against the emulator.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class AzureBlobArtifactStoreTests(AzuriteFixture azurite) : ArtifactStoreContract
{
    private readonly List<AzureBlobArtifactStore> _stores = [];

    [SkippableFact]
    public async Task Open_TwiceOnOneContainer_SeesTheSameStates()
    {
        AzureBlobArtifactStore one = azurite.NewStore();
        using AzureBlobArtifactStore other = AzuriteFixture.Open(one.Location, create: false);
        ArtifactTag? tag = await one.PutAsync("a/b", "one");
        (await other.TagAsync("a/b")).ShouldBe(tag);
        (await other.ReplaceAsync("a/b", tag, "two")).ShouldNotBeNull();
        (await one.ReplaceAsync("a/b", tag, "three")).ShouldBeNull();
        (await one.ReadAsync("a/b")).ShouldBe("two");
    }

    [SkippableFact]
    public async Task Open_PrefixesOfOneContainer_AreStoresApart()
    {
        string container = azurite.NewLocation();
        using AzureBlobArtifactStore one = AzuriteFixture.Open($"{container}/one", create: true), other = AzuriteFixture.Open($"{container}/one-2/deep/", create: true);
        await one.PutAsync("a", "one");
        await other.PutAsync("b", "other");
        other.Location.ShouldBe($"{container}/one-2/deep");
        ((await one.NamesAsync()).ShouldHaveSingleItem(), (await other.NamesAsync()).ShouldHaveSingleItem()).ShouldBe(("a", "b"));
        (await one.ReadAsync("b")).ShouldBeNull();
        Should.Throw<BadInputException>(() => AzuriteFixture.Open($"{container}/one/inner", create: true)).Message.ShouldContain("would lie in the store 'one'");
        Should.Throw<BadInputException>(() => AzuriteFixture.Open(container, create: true)).Message.ShouldContain("other things in it, such as one");
    }

    [SkippableFact]
    public void Open_NoStore_IsRefusedUnlessItIsToBeMade()
    {
        string location = azurite.NewLocation();
        Should.Throw<BadInputException>(() => AzuriteFixture.Open(location, create: false)).Message.ShouldContain("no artifact store");
        AzureBlobArtifactStore.TryOpen(location, StoreCredentials.None, create: false).ShouldBeNull("and looking made none");
        AzuriteFixture.Open(location, create: true).Dispose();
        AzuriteFixture.Open(location, create: false).Dispose();
    }

    [SkippableTheory]
    [InlineData("""{"format":"spatialcluster-store","version":2}""", "newer program")]
    [InlineData("""{"format":"other","version":1}""", "not that of an artifact store")]
    [InlineData("{", "damaged")]
    public async Task Open_MarkerOfAnotherKind_IsRefused(string marker, string says)
    {
        using AzureBlobContainer container = Raw(azurite.NewLocation());
        await container.Client.CreateAsync();
        await container.Client.UploadBlobAsync("store.json", BinaryData.FromString(marker));
        Should.Throw<BadInputException>(() => AzuriteFixture.Open(container.Where.Text, create: true)).Message.ShouldContain(says);
    }

    [SkippableFact]
    public async Task Open_ContainerIsGoneSince_SaysThatThereIsNone()
    {
        AzureBlobArtifactStore store = azurite.NewStore();
        using AzureBlobContainer container = Raw(store.Location);
        await container.Client.DeleteAsync();
        foreach (Func<Task> call in new Func<Task>[] { () => store.ReadAsync("a"), () => store.TagAsync("a"), () => store.PutAsync("a", "x"), () => store.DeleteAsync(new ArtifactName("a")), () => store.NamesAsync() })
            (await Should.ThrowAsync<BadInputException>(call)).Message.ShouldContain("no such container");
    }

    [SkippableFact]
    public async Task List_BlobsOfOthers_AreLeftOut()
    {
        AzureBlobArtifactStore store = azurite.NewStore();
        using AzureBlobContainer container = Raw(store.Location);
        foreach (string foreign in new[] { "READ ME", "blobs/notes.txt", "a/.hidden", "b//c" })
            await container.Client.UploadBlobAsync(foreign, BinaryData.FromString("x"));
        await store.PutAsync("a/b", "x");
        (await store.NamesAsync()).ShouldBe(["a/b"]);
    }

    // The service gives a page of at most 5,000 names.
    [SkippableFact]
    public async Task List_MoreThanAPage_GivesAllInOrder()
    {
        AzureBlobArtifactStore store = azurite.NewStore();
        using AzureBlobContainer container = Raw(store.Location);
        string[] names = [.. Enumerable.Range(0, 5_100).Select(i => $"many/{i:d5}")];
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (name, stop) => await container.Client.UploadBlobAsync(name, BinaryData.Empty, stop));
        (await store.NamesAsync("many/")).ShouldBe(names);
    }

    [SkippableTheory]
    [InlineData("a.")]
    [InlineData("a./b")]
    public async Task Put_NameThatEndsWithAPoint_IsRefused(string name) =>
        (await Should.ThrowAsync<BadInputException>(() => azurite.NewStore().PutAsync(name, "x"))).Message.ShouldContain("end with a point");

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(5000)]
    [InlineData(12_345)]
    public async Task Put_SizesAboutThatOfABlock_AreWhole(int size)
    {
        AzureBlobArtifactStore store = azurite.NewStore(new AzureBlobOptions { BlockBytes = 1000, ReadAheadBytes = 2000 });
        byte[] bytes = RandomNumberGenerator.GetBytes(size);
        var name = new ArtifactName("a");
        ArtifactTag? tag = await store.PutIfAbsentAsync(name, (stream, _) => WritePiecesAsync(stream, bytes));
        (await store.FindAsync(name))!.ShouldSatisfyAllConditions(info => info.Bytes.ShouldBe(size), info => info.Tag.ShouldBe(tag!.Value));
        (await ReadAllAsync(store, name)).ShouldBe(bytes);
        // The same way over what is there, by a writer that knows nothing of tasks.
        ArtifactTag? next = await store.ReplaceAsync(name, tag, (stream, _) =>
        {
            stream.Write(bytes);
            stream.WriteByte(7);
            return Task.CompletedTask;
        });
        (await store.TagAsync("a")).ShouldBe(next);
        (await ReadAllAsync(store, name)).ShouldBe([.. bytes, 7]);
        await using OpenArtifact part = (await store.OpenAsync(name, new ByteRange(size, 5)))!;
        (part.Bytes, part.Content.ReadByte(), part.Content.ReadByte()).ShouldBe((size + 1, 7, -1));
    }

    [SkippableFact]
    public async Task Put_LargeAndAlreadyThere_SendsNothing()
    {
        var traffic = new FaultyTransport();
        AzureBlobArtifactStore store = azurite.NewStore(new AzureBlobOptions { BlockBytes = 1000, Transport = traffic });
        await store.PutAsync("a", "x");
        int before = traffic.Requests.Count;
        (await store.PutIfAbsentAsync(new ArtifactName("a"), (stream, _) => WritePiecesAsync(stream, new byte[100_000]))).ShouldBeNull();
        traffic.Requests.Skip(before).ShouldBe(["HEAD"]);
    }

    [SkippableFact]
    public async Task Put_LargeByManyAtATime_OneWinsAndItsContentIsWhole()
    {
        AzureBlobArtifactStore store = azurite.NewStore(new AzureBlobOptions { BlockBytes = 1000 });
        using var all = new SemaphoreSlim(0);
        int ready = 0;
        ArtifactTag?[] tags = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.PutIfAbsentAsync(new ArtifactName("a"), async (stream, stop) =>
        {
            await stream.WriteAsync(Enumerable.Repeat((byte)i, 5_000).ToArray(), stop);
            if (Interlocked.Increment(ref ready) == 8)
                all.Release(8);
            await all.WaitAsync(stop);
            await stream.WriteAsync(Enumerable.Repeat((byte)i, 5_000).ToArray(), stop);
        })));
        int winner = Array.FindIndex(tags, tag => tag is not null);
        tags.Count(tag => tag is not null).ShouldBe(1);
        (await ReadAllAsync(store, new ArtifactName("a"))).ShouldBe(Enumerable.Repeat((byte)winner, 10_000));
    }

    // A process that is killed leaves blocks that nobody commits.
    [SkippableTheory]
    [InlineData("whole")]
    [InlineData("")]
    public async Task Put_BlocksOfAKilledProcessAreThere_IsWhole(string content)
    {
        AzureBlobArtifactStore store = azurite.NewStore();
        using AzureBlobContainer container = Raw(store.Location);
        await container.Blob("a").StageBlockAsync(Convert.ToBase64String(new byte[38]), new MemoryStream(new byte[10]));
        (await store.TagAsync("a")).ShouldBeNull();
        (await store.NamesAsync()).ShouldBeEmpty();
        ArtifactTag? tag = await store.PutAsync("a", content);
        tag.ShouldNotBeNull();
        (await store.ReadAsync("a")).ShouldBe(content);
        (await store.TagAsync("a")).ShouldBe(tag);
        (await store.PutAsync("a", "other")).ShouldBeNull();
        (await store.DeleteAsync(new ArtifactName("a"), tag)).ShouldBeTrue();
        (await store.PutAsync("a", "again")).ShouldNotBeNull();
    }

    // 320 MiB go through four blocks of 4 MiB under way and one being filled.
    [SkippableFact]
    public async Task PutAndRead_MuchLargerThanABlock_NeedsLittleMemory()
    {
        const int mebibytes = 320;
        AzureBlobArtifactStore store = azurite.NewStore();
        byte[] piece = RandomNumberGenerator.GetBytes(1 << 20);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < mebibytes; i++)
            hash.AppendData(piece);
        var digest = new ContentDigest(Convert.ToHexStringLower(hash.GetHashAndReset()));
        long before = GC.GetTotalAllocatedBytes();
        await store.PutIfAbsentAsync(StoreLayout.Blob(digest), async (stream, stop) =>
        {
            for (int i = 0; i < mebibytes; i++)
            {
                await stream.WriteAsync(piece, stop);
            }
        });
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(mebibytes / 2L << 20, "blocks are used again");
        before = GC.GetTotalAllocatedBytes();
        await using Stream content = await new ContentStore(store).OpenAsync(digest);
        byte[] block = new byte[1 << 16];
        long read = 0;
        for (int got = await content.ReadAsync(block); got > 0; got = await content.ReadAsync(block))
            read += got;
        read.ShouldBe((long)mebibytes << 20);
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(mebibytes / 2L << 20, "nothing is gathered in memory");
    }

    [SkippableTheory]
    [InlineData(10)]
    [InlineData(5_000)]
    public async Task Read_ContentThatWasDamaged_IsRefused(int size)
    {
        AzureBlobArtifactStore store = azurite.NewStore(new AzureBlobOptions { ReadAheadBytes = 1000 });
        var content = new ContentStore(store);
        ContentReference reference = await content.PutBytesAsync(RandomNumberGenerator.GetBytes(size));
        using AzureBlobContainer container = Raw(store.Location);
        await container.Client.GetBlobClient(StoreLayout.Blob(reference.Digest).Value).UploadAsync(BinaryData.FromBytes(RandomNumberGenerator.GetBytes(size)), overwrite: true);
        SpatialClusterException failure = await Should.ThrowAsync<SpatialClusterException>(() => content.ReadAsync(reference.Digest));
        failure.Kind.ShouldBe(FailureKind.Permanent);
        failure.Message.ShouldContain("store verify");
    }

    [SkippableFact]
    public async Task Maintenance_OfCampaigns_IsTheSameAsInAFolder()
    {
        AzureBlobArtifactStore store = azurite.NewStore();
        await StoreScenario.SubmitAsync(store, "kept", "kept output");
        await StoreScenario.SubmitAsync(store, "gone", "gone output");
        await store.PutAsync(StoreLayout.ActiveCampaign("kept").Value, "{}");
        await store.PutAsync(StoreLayout.SiloBeacon("silo-1").Value, "{}");
        (await StoreUsage.MeasureAsync(store, byCampaign: true)).ByKind.Select(e => (e.What, e.Artifacts)).ShouldBe([("blobs", 2), ("campaigns", 3), ("grains/slice", 4), ("silos", 1)]);
        (await StoreVerification.RunAsync(store)).ShouldSatisfyAllConditions(v => v.Blobs.ShouldBe(2), v => v.Problems.ShouldBeEmpty());
        CollectionReport report = await CampaignDeletion.DeleteAsync(store, "gone", dryRun: false, grace: TimeSpan.FromMinutes(-5));
        (report.Campaigns.ShouldHaveSingleItem(), report.Grains, report.Blobs, report.Young).ShouldBe(("gone", 1, 1, 0));
        (await StoreVerification.RunAsync(store)).ShouldSatisfyAllConditions(v => v.Blobs.ShouldBe(1), v => v.Orphans.ShouldBe(0), v => v.Problems.ShouldBeEmpty());
        (await store.NamesAsync("silos/")).ShouldHaveSingleItem();
    }

    [SkippableFact]
    public async Task Identity_AskedByManyAtATime_IsOneAndStays()
    {
        AzureBlobArtifactStore store = azurite.NewStore();
        string[] ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StoreIdentity.OfAsync(store)));
        ids.Distinct().ShouldHaveSingleItem().Length.ShouldBe(12);
        (await StoreIdentity.OfAsync(store)).ShouldBe(ids[0]);
    }

    public override void Dispose()
    {
        base.Dispose();
        foreach (AzureBlobArtifactStore store in _stores)
            store.Dispose();
    }

    protected override IArtifactStore NewStore()
    {
        AzureBlobArtifactStore store = azurite.NewStore();
        _stores.Add(store);
        return store;
    }

    private static AzureBlobContainer Raw(string location) => new(AzureBlobLocation.Parse(location), StoreCredentials.None, new AzureBlobOptions());

    private static async Task WritePiecesAsync(Stream stream, byte[] bytes)
    {
        for (int start = 0, size = 1; start < bytes.Length; start += size, size = Math.Min(size * 3, bytes.Length - start))
            await stream.WriteAsync(bytes.AsMemory(start, size));
    }

    private static async Task<byte[]> ReadAllAsync(AzureBlobArtifactStore store, ArtifactName name)
    {
        await using OpenArtifact open = (await store.OpenAsync(name))!;
        using var bytes = new MemoryStream();
        await open.Content.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
