using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Compute.Errors;
using SpatialCluster.StoreProbe;
using SpatialCluster.Tests.Artifacts.Stores;

namespace SpatialCluster.Tests.Artifacts.Maintenance;

/// <summary>What silos keep in a store beside campaigns' artifacts, and how collection treats it.</summary>
public sealed class ActiveCampaignTests
{
    private readonly MemoryArtifactStore _store = new();

    [Fact]
    public async Task Collect_ByAge_ForgetsNoCampaignThatSilosAreToWorkOn()
    {
        await StoreScenario.SubmitAsync(_store, "waiting", "output");
        await StoreScenario.SubmitAsync(_store, "left", "other output");
        await _store.PutAsync(StoreLayout.ActiveCampaign("waiting").Value, "{}");
        string id = await StoreIdentity.OfAsync(_store);
        await _store.PutAsync(StoreLayout.SiloBeacon("silo-1").Value, "{}");
        CollectionReport report = await GarbageCollection.RunAsync(_store, new CollectionOptions { OlderThan = TimeSpan.FromDays(30) }, new LaterTime());
        report.Campaigns.ShouldBe(["left"]);
        (await _store.NamesAsync("active/")).ShouldBe(["active/waiting"]);
        (await _store.NamesAsync("silos/")).ShouldBe(["silos/silo-1/beacon.json"]);
        (await StoreIdentity.OfAsync(_store)).ShouldBe(id);
        StoreVerification left = await StoreVerification.RunAsync(_store);
        (left.Results, left.Blobs, left.Orphans, left.Problems.Count).ShouldBe((1, 1, 0, 0));
    }

    [Fact]
    public async Task Delete_CampaignThatSilosAreToWorkOn_IsRefusedAndAllStays()
    {
        await StoreScenario.SubmitAsync(_store, "waiting", "output");
        await _store.PutAsync(StoreLayout.ActiveCampaign("waiting").Value, "{}");
        string[] before = await _store.NamesAsync();
        (await Should.ThrowAsync<BadInputException>(() => CampaignDeletion.DeleteAsync(_store, "waiting", dryRun: false, grace: TimeSpan.Zero))).Message.ShouldContain("campaign cancel waiting");
        (await _store.NamesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Usage_SilosAndMarks_HaveTheirKinds()
    {
        await StoreScenario.SubmitAsync(_store, "waiting", "output");
        await _store.PutAsync(StoreLayout.ActiveCampaign("waiting").Value, "{}");
        await _store.PutAsync(StoreLayout.SiloBeacon("silo-1").Value, "{}");
        await _store.PutAsync(StoreLayout.SiloDrain("silo-1").Value, "");
        await StoreIdentity.OfAsync(_store);
        (await StoreUsage.MeasureAsync(_store)).ByKind.Select(e => (e.What, e.Artifacts)).ShouldBe([("blobs", 1), ("campaigns", 2), ("grains/slice", 2), ("other", 1), ("silos", 2)]);
    }

    [Theory]
    [InlineData("{", "damaged")]
    [InlineData("""{"id":"../../../etc","version":1}""", "damaged")]
    [InlineData("""{"id":"0123456789ab","version":2}""", "newer program")]
    public async Task Identity_ThatIsNone_IsRefused(string content, string says)
    {
        await _store.PutAsync(StoreLayout.Identity.Value, content);
        (await Should.ThrowAsync<SpatialClusterException>(() => StoreIdentity.OfAsync(_store))).Message.ShouldContain(says);
    }

    private sealed class LaterTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow.AddDays(40);
    }
}
