using System.Text;
using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Methods.Training;

namespace SpatialCluster.Campaigns.Tests.Running;

[Collection(nameof(FaultPoint))]
public sealed class GrainRunnerTests : IDisposable
{
    private readonly SumWork _work = new();
    private readonly SettableClock _clock = new();
    private readonly ContentStore _content = new(new MemoryArtifactStore());
    private readonly RecordingObserver _observer = new();
    private readonly CpuDevice _device = new("cpu:0", Lane.Cpu, 1);

    [Fact]
    public async Task Run_Twice_WorksOnce()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        (await Run(plan[3])).State.ShouldBe(GrainState.Done);
        (await Run(plan[3])).State.ShouldBe(GrainState.Reused);
        _work.Runs.ShouldBe(1);
        var records = new GrainRecords(_content);
        GrainResult result = (await records.FindResultAsync(plan[3].Key))!;
        ((long)result.Values["sum"]!).ShouldBe(3);
        (await _content.ReadAsync(result.Outputs[0].Digest)).ShouldBe(BitConverter.GetBytes(3L));
        AttemptMetrics metrics = (await records.FindMetricsAsync(plan[3].Key))!;
        (metrics.Device, metrics.Threads, metrics.Resumed).ShouldBe(("cpu:0", 1, false));
        metrics.WorkSeconds.ShouldBeLessThanOrEqualTo(metrics.Seconds);
    }

    [Fact]
    public async Task Run_OfTwoRunnersAtOnce_CommitsOneResult()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        using var other = new CpuDevice("cpu:1", Lane.Cpu, 1);
        GrainOutcome[] both = await Task.WhenAll(
            Runner().RunAsync(plan[3], _device, _observer, CancellationToken.None), Runner().RunAsync(plan[3], other, _observer, CancellationToken.None));
        both.Count(o => o.State == GrainState.Done).ShouldBe(1);
        both.Count(o => o.State == GrainState.Reused).ShouldBe(1);
        _work.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task Run_OfWorkThatCannotSucceed_RecordsWhyAndDoesNotTryAgain()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, [], fails: "BadInput"));
        GrainOutcome outcome = await Run(plan[3]);
        (outcome.State, outcome.Error).ShouldBe((GrainState.Failed, "3 fails."));
        (await Run(plan[3])).State.ShouldBe(GrainState.Failed);
        _work.Runs.ShouldBe(1);
        var records = new GrainRecords(_content);
        (await records.FindFailureAsync(plan[3].Key)).ShouldBe(new GrainFailure("3 fails.", 1, null));
        Encoding.UTF8.GetString((await records.ReadAsync(StoreLayout.AttemptError(plan[3].Key, 1)))!).ShouldBe("3 fails.\n");
        (await records.ForgiveAsync(plan[3].Key)).ShouldBeTrue();
        await Run(plan[3]);
        _work.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Run_OfWorkThatFailsForATime_TriesAgainUpToTheLimit()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, [], fails: "Transient"));
        (await Run(plan[3])).State.ShouldBe(GrainState.Failed);
        _work.Runs.ShouldBe(new GrainRunnerOptions().MostAttempts);
    }

    [Fact]
    public async Task Run_OfWorkThatThrowsAnything_RecordsTheStack()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        _work.Within = (_, _) => throw new InvalidOperationException("odd");
        GrainOutcome outcome = await Run(plan[3]);
        outcome.Error.ShouldBe("Internal error (InvalidOperationException): odd");
        Encoding.UTF8.GetString((await new GrainRecords(_content).ReadAsync(StoreLayout.AttemptError(plan[3].Key, 1)))!).ShouldContain("at SpatialCluster");
    }

    [Fact]
    public async Task Run_Cancelled_GivesTheGrainBackWithItsCheckpoint()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        using var stop = new CancellationTokenSource();
        _work.Within = (_, context) =>
        {
            context.Training.Checkpoint!.Open().ShouldBeNull();
            context.Training.Checkpoint.Save(stream => stream.Write("half"u8));
            stop.Cancel();
            context.Cancellation.ThrowIfCancellationRequested();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => Runner().RunAsync(plan[3], _device, _observer, stop.Token));
        string found = "";
        _work.Within = (_, context) =>
        {
            using Stream? half = context.Training.Checkpoint!.Open();
            found = new StreamReader(half!).ReadToEnd();
        };
        (await Run(plan[3])).State.ShouldBe(GrainState.Done);
        found.ShouldBe("half");
        var records = new GrainRecords(_content);
        (await records.ReadAsync(StoreLayout.Checkpoint(plan[3].Key))).ShouldBeNull("what is done needs no checkpoint");
        (await records.FindMetricsAsync(plan[3].Key))!.Resumed.ShouldBeTrue();
    }

    [Fact]
    public async Task Run_WithACheckpointOfNoUse_BeginsAnew()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        await new GrainRecords(_content).PutAsync(StoreLayout.Checkpoint(plan[3].Key), "another version"u8.ToArray());
        _work.Within = (_, context) =>
        {
            using Stream? half = context.Training.Checkpoint!.Open();
            if (half is not null)
                throw new UnusableCheckpointException("of another version");
        };
        (await Run(plan[3])).State.ShouldBe(GrainState.Done);
        _work.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Run_FrozenPastItsLease_PublishesNothing()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        ClaimOwner elsewhere = ClaimOwner.Create() with { Place = "another machine" };
        using var other = new CpuDevice("cpu:1", Lane.Cpu, 1);
        bool first = true;
        GrainOutcome? taker = null;
        _work.Within = (_, _) =>
        {
            if (!first)
                return;
            first = false;
            // While this attempt is frozen, its claim runs out and another does the work.
            var records = new GrainRecords(_content);
            ArtifactInfo claim = records.Store.FindAsync(StoreLayout.Claim(plan[3].Key)).Result!;
            byte[] silent = new GrainClaim(1, elsewhere, _clock.GetUtcNow() - (2 * GrainClaim.Lease)).ToJson();
            records.Store.ReplaceAsync(claim.Name, claim.Tag, (stream, stop) => stream.WriteAsync(silent, stop).AsTask()).Wait();
            taker = Runner().RunAsync(plan[3], other, _observer, CancellationToken.None).Result;
        };
        GrainOutcome frozen = await Run(plan[3]);
        taker!.State.ShouldBe(GrainState.Done);
        frozen.State.ShouldBe(GrainState.Reused);
        AttemptMetrics? metrics = await new GrainRecords(_content).FindMetricsAsync(plan[3].Key);
        metrics!.Device.ShouldBe("cpu:1");
    }

    [Theory]
    [InlineData(RunnerFaultPoints.Claimed)]
    [InlineData(RunnerFaultPoints.Worked)]
    [InlineData(RunnerFaultPoints.Measured)]
    [InlineData(RunnerFaultPoints.Committed)]
    [InlineData(RunnerFaultPoints.Released)]
    public async Task Run_BrokenOffAnywhere_LeavesAGrainThatTheNextRunEnds(string point)
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        using (FaultPoint.Arm(reached => Break(reached == point)))
            await Should.ThrowAsync<OperationCanceledException>(() => Run(plan[3]));
        GrainOutcome outcome = await Run(plan[3]);
        outcome.State.ShouldBe(point is RunnerFaultPoints.Committed or RunnerFaultPoints.Released ? GrainState.Reused : GrainState.Done);
        ((long)(await new GrainRecords(_content).FindResultAsync(plan[3].Key))!.Values["sum"]!).ShouldBe(3);
    }

    [Fact]
    public async Task TakeTurn_AfterTooManyCrashes_ParksTheGrainUnlessItsOwnersLived()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        var records = new GrainRecords(_content);
        var hurried = new HurriedClock();
        GrainRunner runner = new(records, [_work], new GrainRunnerOptions { Clock = hurried, MostCrashes = 2 });
        var again = new GrainDelivery { Ticket = "t", Redelivered = true };
        for (int i = 1; i <= 2; i++)
            await GrainLease.TryTakeAsync(records, plan[3].Key, new ClaimOwner($"killed {i}", "another machine", 1, "1"), again, _clock, CancellationToken.None);
        await records.PutAsync(StoreLayout.AttemptSurvived(plan[3].Key, 1), "survived"u8.ToArray());
        (await GrainLease.TryTakeAsync(records, plan[3].Key, new ClaimOwner("killed 3", "another machine", 1, "1"), again, _clock, CancellationToken.None))!.Crashes.ShouldBe(2);
        GrainTurn parked = await runner.TakeTurnAsync(plan[3], again, _device, _observer, CancellationToken.None);
        (parked.End, parked.Outcome!.State).ShouldBe((TurnEnd.Ended, GrainState.Failed));
        parked.Outcome.Error!.ShouldStartWith("3 processes in a row ended while they worked on it");
        _work.Runs.ShouldBe(0);
        await records.ForgiveAsync(plan[3].Key);
        (await runner.TakeTurnAsync(plan[3], GrainDelivery.None, _device, _observer, CancellationToken.None)).Outcome!.State.ShouldBe(GrainState.Done, "it begins anew");
    }

    [Fact]
    public async Task TakeTurn_ThatYields_SaysSo()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        using var yield = new CancellationTokenSource();
        _work.Within = (_, context) =>
        {
            context.Training.Checkpoint!.Save(stream => stream.Write("half"u8));
            yield.Cancel();
            context.Training.Yield.ThrowIfCancellationRequested();
        };
        (await Runner().TakeTurnAsync(plan[3], new GrainDelivery { Yield = yield.Token }, _device, _observer, CancellationToken.None)).ShouldBe(new GrainTurn(TurnEnd.Yielded));
        (await new GrainRecords(_content).FindClaimAsync(plan[3].Key))!.IsReleased.ShouldBeTrue();
    }

    [Fact]
    public async Task TakeTurn_OfAGrainForOtherCode_IsRefused()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, [], code: "sum.9"));
        SpatialCluster.Compute.Errors.SpatialClusterException refusal = await Should.ThrowAsync<SpatialCluster.Compute.Errors.SpatialClusterException>(() => Run(plan[3]));
        refusal.Message.ShouldContain("planned for the code sum.9, which this program does not have");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_WhileTheStoreIsAway_StopsTheWorkOnlyWhereItIsToStop(bool outlives)
    {
        var store = new LosingStore(new MemoryArtifactStore());
        var content = new ContentStore(store);
        SumPlan plan = await new SumPlan().Add(3, []).StoreAsync(content);
        GrainRunner runner = new(new GrainRecords(content), [_work], new GrainRunnerOptions { OutlivesStore = outlives });
        _work.Within = (_, context) =>
        {
            store.Loses = name => name == StoreLayout.Checkpoint(plan[3].Key);
            context.Training.Checkpoint!.Save(stream => stream.Write("first"u8));
            store.Loses = _ => false;
            context.Training.Checkpoint.Save(stream => stream.Write("second"u8));
        };
        Task<GrainOutcome> run = runner.RunAsync(plan[3], _device, _observer, CancellationToken.None);
        if (outlives)
            (await run).State.ShouldBe(GrainState.Done);
        else
            await Should.ThrowAsync<StoreFailedException>(() => run);
    }

    [Fact]
    public async Task Run_OfAGrainWhoseResultWasDeleted_MakesItAnew()
    {
        SumPlan plan = await Stored(new SumPlan().Add(3, []));
        GrainRunner runner = Runner();
        (await runner.RunAsync(plan[3], _device, _observer, CancellationToken.None)).State.ShouldBe(GrainState.Done);
        (await runner.RunAsync(plan[3], _device, _observer, CancellationToken.None)).State.ShouldBe(GrainState.Reused);
        await runner.Records.Store.DeleteAsync(StoreLayout.Result(plan[3].Key));
        (await runner.RunAsync(plan[3], _device, _observer, CancellationToken.None)).State.ShouldBe(GrainState.Done);
        (await runner.Records.FindResultAsync(plan[3].Key)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Run_WhoseCheckpointAndClaimCannotBeClearedAfterTheCommit_IsDone()
    {
        var store = new RefusingStore(new MemoryArtifactStore());
        var content = new ContentStore(store);
        SumPlan plan = await new SumPlan().Add(3, []).StoreAsync(content);
        GrainRunner runner = new(new GrainRecords(content), [_work], new GrainRunnerOptions { OutlivesStore = true });
        _work.Within = (_, context) => context.Training.Checkpoint!.Save(stream => stream.Write("half"u8));
        store.Refuses = name => name == StoreLayout.Checkpoint(plan[3].Key) || name == StoreLayout.Claim(plan[3].Key);
        store.RefusesAfter = StoreLayout.Result(plan[3].Key);
        (await runner.RunAsync(plan[3], _device, _observer, CancellationToken.None)).State.ShouldBe(GrainState.Done);
        (await runner.Records.FindFailureAsync(plan[3].Key)).ShouldBeNull();
        (await runner.RunAsync(plan[3], _device, _observer, CancellationToken.None)).State.ShouldBe(GrainState.Reused);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"version\":1}")]
    [InlineData("{\"version\":1,\"attempt\":1}")]
    public async Task FindFailure_ThatIsDamaged_SaysSo(string written)
    {
        GrainKey key = new SumPlan().Add(3, [])[3].Key;
        var records = new GrainRecords(_content);
        await records.PutAsync(StoreLayout.Failure(key), Encoding.UTF8.GetBytes(written));
        SpatialCluster.Compute.Errors.SpatialClusterException damage = await Should.ThrowAsync<SpatialCluster.Compute.Errors.SpatialClusterException>(() => records.FindFailureAsync(key));
        damage.Message.ShouldContain("is damaged");
    }

    [Fact]
    public async Task FindFailure_OfANewerProgram_IsNotCalledDamaged()
    {
        GrainKey key = new SumPlan().Add(3, [])[3].Key;
        var records = new GrainRecords(_content);
        await records.PutAsync(StoreLayout.Failure(key), "{\"version\":9}"u8.ToArray());
        await Should.ThrowAsync<NewerRecordException>(() => records.FindFailureAsync(key));
    }

    public void Dispose() => _device.Dispose();

    private async Task<SumPlan> Stored(SumPlan plan) => await plan.StoreAsync(_content);

    private GrainRunner Runner() => new(new GrainRecords(_content), [_work], new GrainRunnerOptions { Clock = _clock });

    private Task<GrainOutcome> Run(PlannedGrain grain) => Runner().RunAsync(grain, _device, _observer, CancellationToken.None);

    private static void Break(bool here)
    {
        if (here)
            throw new OperationCanceledException("power cut");
    }
}
