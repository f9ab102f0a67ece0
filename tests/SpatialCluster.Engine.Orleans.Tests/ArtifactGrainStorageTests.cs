using Orleans.Storage;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Engine.Orleans.Grains;
using SpatialCluster.Engine.Orleans.Storage;

namespace SpatialCluster.Engine.Orleans.Tests;

public sealed class ArtifactGrainStorageTests
{
    private static readonly GrainId s_grain = GrainId.Create("campaign", "Any name, with / and Ü");

    private readonly ArtifactGrainStorage _storage = new(new GrainRecords(new ContentStore(new MemoryArtifactStore())));

    [Fact]
    public async Task State_Written_IsReadByTheNextActivation()
    {
        GrainState<CampaignState> nothing = await ReadAsync();
        (nothing.RecordExists, nothing.ETag, nothing.State!.Activation).ShouldBe((false, null, ""));
        nothing.State.Activation = "one";
        nothing.State.Lanes = ["cpu", "io"];
        await _storage.WriteStateAsync("campaign", s_grain, nothing);
        GrainState<CampaignState> next = await ReadAsync();
        (next.RecordExists, next.State!.Version, next.State.Activation).ShouldBe((true, 1, "one"));
        next.State.Lanes.ShouldBe(["cpu", "io"]);
        await _storage.ClearStateAsync("campaign", s_grain, next);
        (await ReadAsync()).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task State_WrittenByAnotherMeanwhile_IsNotWrittenOver()
    {
        GrainState<CampaignState> one = await ReadAsync(), two = await ReadAsync();
        await _storage.WriteStateAsync("campaign", s_grain, one);
        await Should.ThrowAsync<InconsistentStateException>(() => _storage.WriteStateAsync("campaign", s_grain, two));
        two = await ReadAsync();
        await _storage.WriteStateAsync("campaign", s_grain, two);
        await Should.ThrowAsync<InconsistentStateException>(() => _storage.WriteStateAsync("campaign", s_grain, one));
    }

    private async Task<GrainState<CampaignState>> ReadAsync()
    {
        var state = new GrainState<CampaignState>(new CampaignState());
        await _storage.ReadStateAsync("campaign", s_grain, state);
        return state;
    }
}
