using System.Text.Json.Nodes;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.FileSystem;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Compute.Errors;
using SpatialCluster.StoreProbe;
using SpatialCluster.Tests.Artifacts.Stores;

namespace SpatialCluster.Tests.Artifacts.Maintenance;

/// <summary>Usage, verification and collection.</summary>
public sealed class MaintenanceTests : IDisposable
{
    private static readonly CollectionOptions s_now = new() { Grace = TimeSpan.Zero };

    private readonly TestFolder _folder = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Usage_TwoCampaignsThatShare_CountsSharedForEachAndOnceInAll()
    {
        MemoryArtifactStore store = new(_time);
        GrainKey key = await StoreScenario.SubmitAsync(store, "one", "output");
        await StoreScenario.WritePlanAsync(store, "two", key);
        await new ContentStore(store).PutBytesAsync("orphan"u8.ToArray());
        StoreUsage usage = await StoreUsage.MeasureAsync(store, byCampaign: true);
        usage.ByKind.Select(e => (e.What, e.Artifacts)).ShouldBe([("blobs", 2), ("campaigns", 2), ("grains/slice", 2)]);
        usage.ByCampaign.Select(e => (e.What, e.Artifacts)).ShouldBe([("one", 4), ("two", 4)]);
        usage.ByKind[0].Bytes.ShouldBe(12);
        usage.Bytes.ShouldBe(await SizeAsync(store));
    }

    [Fact]
    public async Task Verify_SoundStore_FindsNothingAndTellsHowFarItIs()
    {
        MemoryArtifactStore store = new(_time);
        await StoreScenario.SubmitAsync(store, "one", "output");
        await new ContentStore(store).PutBytesAsync("orphan"u8.ToArray());
        var told = new List<VerificationProgress>();
        StoreVerification found = await StoreVerification.RunAsync(store, new Told(told));
        (found.Blobs, found.Results, found.Orphans, found.Problems.Count).ShouldBe((2, 1, 1, 0));
        told.Select(p => p.Blobs).ShouldBe([1, 2]);
        told[^1].ShouldBe(new VerificationProgress(2, 2, 12, 12));
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => StoreVerification.RunAsync(store, null, stop.Token));
    }

    [Fact]
    public async Task Verify_DamageOfEveryKind_IsListedWithAWayOut()
    {
        using FileSystemArtifactStore store = FileSystemArtifactStore.Open(_folder["s"], create: true);
        GrainKey key = await StoreScenario.SubmitAsync(store, "one", "output"), lost = await StoreScenario.SubmitAsync(store, "two", "lost output"), cut = await StoreScenario.SubmitAsync(store, "three", "cut output");
        GrainResult result = GrainResult.Parse(System.Text.Encoding.UTF8.GetBytes((await store.ReadAsync(StoreLayout.Result(key).Value))!), "test");
        GrainResult gone = GrainResult.Parse(System.Text.Encoding.UTF8.GetBytes((await store.ReadAsync(StoreLayout.Result(lost).Value))!), "test");
        string blob = result.Outputs[0].Digest.Hex;
        await File.WriteAllTextAsync(_folder[$"s/blobs/{blob[..2]}/{blob}"], "OUTPUT");
        await store.DeleteAsync(StoreLayout.Blob(gone.Outputs[0].Digest));
        await File.WriteAllTextAsync(_folder[$"s/{StoreLayout.Result(cut)}"], "{");
        await File.WriteAllTextAsync(_folder[$"s/{StoreLayout.Spec(cut)}"], "{}");
        await File.WriteAllTextAsync(_folder["s/campaigns/three/plan.json"], """{"version":1}""");
        StoreVerification found = await StoreVerification.RunAsync(store);
        found.Problems.Select(p => p.Name).ShouldBe(
            [StoreLayout.Blob(result.Outputs[0].Digest), StoreLayout.Result(key), StoreLayout.Result(lost), StoreLayout.Result(cut), StoreLayout.Spec(cut), StoreLayout.CampaignPlan("three")], ignoreOrder: true);
        found.Problems.ShouldAllBe(p => p.What.Length > 0 && p.WayOut.Length > 0);
        // Nobody can say what is needed, so nothing goes.
        string[] before = await store.NamesAsync();
        await Should.ThrowAsync<SpatialClusterException>(() => GarbageCollection.RunAsync(store, s_now));
        (await store.NamesAsync()).ShouldBe(before);
        await CampaignDeletion.DeleteAsync(store, "three", dryRun: false, grace: TimeSpan.Zero);
        (await store.NamesAsync("campaigns/")).ShouldBe(["campaigns/one/plan.json", "campaigns/two/plan.json"]);
    }

    [Fact]
    public async Task Delete_Campaign_TakesWhatNoOtherHolds()
    {
        MemoryArtifactStore store = new(_time);
        ContentReference input = await new ContentStore(store).PutBytesAsync("input"u8.ToArray());
        GrainKey shared = await StoreScenario.SubmitAsync(store, "one", "shared", new JsonObject { ["from"] = new JsonArray(new JsonObject { ["sha256"] = input.Digest.Hex }) });
        await StoreScenario.WritePlanAsync(store, "two", shared);
        await StoreScenario.SubmitAsync(store, "three", "own");
        _time.Advance(TimeSpan.FromHours(2));
        long all = await SizeAsync(store);
        CollectionReport dry = await CampaignDeletion.DeleteAsync(store, "three", dryRun: true, time: _time);
        (await SizeAsync(store)).ShouldBe(all);
        CollectionReport real = await CampaignDeletion.DeleteAsync(store, "three", dryRun: false, time: _time);
        real.Campaigns.ShouldBe(["three"]);
        (real.Grains, real.Blobs, real.Young).ShouldBe((1, 1, 0));
        (dry with { DryRun = false, Campaigns = real.Campaigns }).ShouldBe(real, "the dry run said so");
        (await SizeAsync(store)).ShouldBe(all - real.Bytes);
        await CampaignDeletion.DeleteAsync(store, "one", dryRun: false, time: _time);
        StoreVerification left = await StoreVerification.RunAsync(store);
        (left.Blobs, left.Results, left.Orphans, left.Problems.Count).ShouldBe((2, 1, 0, 0), "the other campaign holds the grain, its output and its input");
        await CampaignDeletion.DeleteAsync(store, "two", dryRun: false, time: _time);
        (await store.NamesAsync()).ShouldBeEmpty();
        (await Should.ThrowAsync<BadInputException>(() => CampaignDeletion.DeleteAsync(store, "two", dryRun: false))).Message.ShouldContain("no campaign 'two'");
    }

    [Fact]
    public async Task Collect_YoungThingsThatNobodyHolds_StayUntilTheyAreOld()
    {
        MemoryArtifactStore store = new(_time);
        await new ContentStore(store, _time).PutBytesAsync("about to be named"u8.ToArray());
        await StoreScenario.SubmitAsync(store, "one", "output");
        _time.Advance(TimeSpan.FromMinutes(50));
        CollectionReport report = await CampaignDeletion.DeleteAsync(store, "one", dryRun: false, time: _time);
        (report.Grains, report.Blobs, report.Young).ShouldBe((0, 0, 4));
        (await store.NamesAsync()).Length.ShouldBe(4);
        _time.Advance(TimeSpan.FromMinutes(20));
        (await GarbageCollection.RunAsync(store, new CollectionOptions(), _time)).Blobs.ShouldBe(2);
        (await store.NamesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Collect_ByAge_ForgetsCampaignsInWhichNothingHappened()
    {
        MemoryArtifactStore store = new(_time);
        await StoreScenario.SubmitAsync(store, "old", "old output");
        GrainKey resumed = await StoreScenario.SubmitAsync(store, "resumed", "resumed output");
        _time.Advance(TimeSpan.FromDays(20));
        await store.PutAsync(StoreLayout.AttemptMetrics(resumed, 2).Value, "{}");
        _time.Advance(TimeSpan.FromDays(20));
        CollectionReport report = await GarbageCollection.RunAsync(store, new CollectionOptions { OlderThan = TimeSpan.FromDays(30) }, _time);
        report.Campaigns.ShouldBe(["old"]);
        (await store.NamesAsync("campaigns/")).ShouldBe(["campaigns/resumed/plan.json"]);
        (await StoreVerification.RunAsync(store)).Orphans.ShouldBe(0);
    }

    [Fact]
    public async Task Collect_PlanOfANewerVersion_IsRefused()
    {
        MemoryArtifactStore store = new(_time);
        await store.PutAsync("campaigns/new/plan.json", """{"version":3,"grains":[]}""");
        await new ContentStore(store).PutBytesAsync("x"u8.ToArray());
        (await Should.ThrowAsync<SpatialClusterException>(() => GarbageCollection.RunAsync(store, s_now))).Message.ShouldContain("newer program");
        (await store.NamesAsync("blobs/")).Length.ShouldBe(1);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<long> SizeAsync(MemoryArtifactStore store)
    {
        long bytes = 0;
        await foreach (ArtifactInfo info in store.ListAsync(string.Empty))
            bytes += info.Bytes;
        return bytes;
    }

    private sealed class Told(List<VerificationProgress> told) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value) => told.Add(value);
    }

    private sealed class ManualTime : TimeProvider
    {
        private DateTimeOffset _now = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by) => _now += by;
    }
}
