using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Running;

namespace SpatialCluster.Campaigns.Tests.Running;

public sealed class CampaignLedgerTests
{
    private readonly GrainRecords _records = new(new ContentStore(new MemoryArtifactStore()));
    private readonly SumPlan _plan = new SumPlan().Add(1, []).Add(2, []).Add(3, [1, 2]).Add(4, [3]);

    [Fact]
    public async Task Advance_AsGrainsEnd_TakesUpWhatIsThereAndWhatBecomesReady()
    {
        var ledger = new CampaignLedger(_plan.Plan(), _records);
        ledger.Ready.ShouldBe([_plan[1], _plan[2]]);
        (await ledger.AdvanceAsync(CancellationToken.None)).ShouldBeEmpty();
        await Commit(1);
        await Commit(2);
        await Commit(3);
        (await ledger.AdvanceAsync([_plan[1].Key], CancellationToken.None)).Select(o => o.Key).ShouldBe([_plan[1].Key], "nobody told of the others");
        (await ledger.AdvanceAsync(CancellationToken.None)).Select(o => o.Key).ShouldBe([_plan[2].Key, _plan[3].Key]);
        ledger.Ready.ShouldBe([_plan[4]]);
        (ledger.Done, ledger.Failed, ledger.Finished).ShouldBe((3, 0, false));
        await Commit(4);
        await ledger.AdvanceAsync([_plan[4].Key, new SumPlan().Add(9, [])[9].Key], CancellationToken.None);
        ledger.Finished.ShouldBeTrue();
    }

    [Fact]
    public async Task Advance_PastAFailure_KnowsWhatItCostsAndCanRecordIt()
    {
        var ledger = new CampaignLedger(_plan.Plan(), _records);
        await Commit(2);
        await _records.FailAsync(_plan[1].Key, new GrainFailure("bad.", 1, null));
        IReadOnlyList<GrainOutcome> ended = await ledger.AdvanceAsync(CancellationToken.None);
        ended.Select(o => o.Key).ShouldBe([_plan[1].Key, _plan[3].Key, _plan[4].Key, _plan[2].Key]);
        ended[1].Error.ShouldBe("Not tried, since 'sum 1' failed: bad.");
        (ledger.Done, ledger.Failed, ledger.Finished).ShouldBe((1, 3, true));
        (await _records.FindFailureAsync(_plan[4].Key)).ShouldBeNull();
        await ledger.RecordLostAsync(CancellationToken.None);
        (await _records.FindFailureAsync(_plan[4].Key)).ShouldBe(new GrainFailure("Not tried, since 'sum 1' failed: bad.", 0, _plan[1].Key.ToString()));
    }

    [Fact]
    public async Task RecordLost_AfterTheFailureWasTakenBack_RecordsNothing()
    {
        var ledger = new CampaignLedger(_plan.Plan(), _records);
        await _records.FailAsync(_plan[1].Key, new GrainFailure("bad.", 1, null));
        await ledger.AdvanceAsync(CancellationToken.None);
        await _records.ForgiveAsync(_plan[1].Key);
        await ledger.RecordLostAsync(CancellationToken.None);
        (await _records.FindFailureAsync(_plan[3].Key)).ShouldBeNull();
    }

    [Fact]
    public async Task ReadyAfter_TheLastInput_GivesWhatNeedsIt()
    {
        var ledger = new CampaignLedger(_plan.Plan(), _records);
        await Commit(2);
        (await ledger.ReadyAfterAsync(_plan[2].Key, CancellationToken.None)).ShouldBeEmpty();
        await Commit(1);
        (await ledger.ReadyAfterAsync(_plan[1].Key, CancellationToken.None)).ShouldBe([_plan[3]]);
        (await ledger.ReadyAfterAsync(_plan[2].Key, CancellationToken.None)).ShouldBe([_plan[3]], "both may tell of it");
    }

    [Fact]
    public async Task FailDownstream_OfAGrain_RecordsEverythingThatNeedsIt()
    {
        var ledger = new CampaignLedger(_plan.Plan(), _records);
        (await ledger.FailDownstreamAsync(_plan[1], "bad.", CancellationToken.None)).Select(o => o.Key).ShouldBe([_plan[3].Key, _plan[4].Key]);
        (await _records.FindFailureAsync(_plan[3].Key))!.Cause.ShouldBe(_plan[1].Key.ToString());
        (await _records.FindFailureAsync(_plan[2].Key)).ShouldBeNull();
    }

    private Task Commit(int number) => _records.CommitAsync(new GrainResult { Key = _plan[number].Key, Outputs = [], Values = [] });
}
