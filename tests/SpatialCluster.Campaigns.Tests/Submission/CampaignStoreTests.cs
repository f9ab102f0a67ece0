using System.Text;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;

namespace SpatialCluster.Campaigns.Tests.Submission;

public sealed class CampaignStoreTests
{
    private readonly GrainRecords _records = new(new ContentStore(new MemoryArtifactStore()));
    private readonly CampaignStore _campaigns;
    private readonly CampaignPlan _plan = new()
    {
        Id = "empty-0",
        Name = "empty",
        Grains = [],
        Inputs = [],
        Report = new GrainKey("report", new ContentDigest(new string('0', 64))),
    };

    public CampaignStoreTests() => _campaigns = new CampaignStore(_records);

    [Theory]
    [InlineData("{\"version\":1,\"id\":\"empty-0\"}")]
    [InlineData("damaged")]
    public async Task Submit_OverAPlanThatThisProgramDoesNotRead_WritesItAnew(string there)
    {
        await _records.PutAsync(StoreLayout.CampaignPlan(_plan.Id), Encoding.UTF8.GetBytes(there));
        await SubmitAsync();
        (await _campaigns.PlanAsync(_plan.Id)).Id.ShouldBe(_plan.Id);
    }

    [Fact]
    public async Task Submit_OverAPlanOfANewerProgram_LeavesItAlone()
    {
        await _records.PutAsync(StoreLayout.CampaignPlan(_plan.Id), "{\"version\":99}"u8.ToArray());
        await SubmitAsync();
        Encoding.UTF8.GetString((await _records.ReadAsync(StoreLayout.CampaignPlan(_plan.Id)))!).ShouldBe("{\"version\":99}");
    }

    [Fact]
    public async Task Activate_Twice_IsOneActivationUntilItEnds()
    {
        (await _campaigns.ActivateAsync("some")).ShouldBeTrue();
        (await _campaigns.ActivateAsync("some")).ShouldBeFalse();
        ActiveCampaign first = (await _campaigns.ActiveAsync()).ShouldHaveSingleItem();
        first.Id.ShouldBe("some");
        (await _campaigns.IsActiveAsync(first)).ShouldBeTrue();
        (await _campaigns.DeactivateAsync(first)).ShouldBeTrue();
        (await _campaigns.ActivateAsync("some")).ShouldBeTrue();
        (await _campaigns.IsActiveAsync(first)).ShouldBeFalse("it is another");
        (await _campaigns.DeactivateAsync(first)).ShouldBeFalse("whoever ends the first leaves the second alone");
        (await _campaigns.ActiveAsync()).ShouldHaveSingleItem().ShouldNotBe(first);
    }

    [Fact]
    public async Task Revive_OfACampaignThatWasCancelled_TakesThatBack()
    {
        (await _campaigns.CancelAsync(_plan.Id)).ShouldBeTrue();
        (await _campaigns.IsCancelledAsync(_plan.Id)).ShouldBeTrue();
        (await _campaigns.ReviveAsync(_plan)).ShouldBe(0);
        (await _campaigns.IsCancelledAsync(_plan.Id)).ShouldBeFalse();
    }

    private Task SubmitAsync() => _campaigns.SubmitAsync(_plan, new Dictionary<GrainKey, GrainSpec>(), "name: empty\n"u8.ToArray());
}
