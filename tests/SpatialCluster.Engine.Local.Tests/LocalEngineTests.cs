using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Artifacts.Stores.Memory;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Tests.Running;
using SpatialCluster.Compute.Errors;

namespace SpatialCluster.Engine.Local.Tests;

public sealed class LocalEngineTests
{
    private readonly SumWork _work = new();
    private readonly ContentStore _content = new(new MemoryArtifactStore());
    private readonly RecordingObserver _observer = new();

    [Fact]
    public async Task Run_OfAPlan_DoesEachGrainOnceAndAgainNone()
    {
        SumPlan plan = Diamond();
        (await Run(plan)).ShouldBe(new CampaignOutcome(Done: 4, Reused: 0, Failed: 0));
        (await Run(plan)).ShouldBe(new CampaignOutcome(Done: 0, Reused: 4, Failed: 0));
        _work.Runs.ShouldBe(4);
        ((long)(await new GrainRecords(_content).FindResultAsync(plan[4].Key))!.Values["sum"]!).ShouldBe(4 + (2 + 1) + (3 + 1));
    }

    [Fact]
    public async Task Run_WithAGrainThatFails_DoesTheRestAndMarksWhatNeedsIt()
    {
        SumPlan plan = new SumPlan().Add(1, []).Add(2, [1], fails: "Permanent").Add(3, [1]).Add(4, [2, 3]);
        (await Run(plan)).ShouldBe(new CampaignOutcome(Done: 2, Reused: 0, Failed: 2));
        GrainFailure failure = (await new GrainRecords(_content).FindFailureAsync(plan[4].Key))!;
        failure.Cause.ShouldBe(plan[2].Key.ToString());
        failure.Message.ShouldBe("Not tried, since 'sum 2' failed: 2 fails.");
        (await Run(plan)).ShouldBe(new CampaignOutcome(Done: 0, Reused: 2, Failed: 2));
    }

    [Fact]
    public async Task Run_OnSeveralSlots_NeverRunsMoreThanThereAre()
    {
        int running = 0, most = 0;
        using var both = new Barrier(2);
        _work.Within = (_, _) =>
        {
            most = int.Max(most, Interlocked.Increment(ref running));
            both.SignalAndWait(TimeSpan.FromSeconds(30)).ShouldBeTrue("two slots run side by side");
            Interlocked.Decrement(ref running);
        };
        await Run(new SumPlan().Add(1, []).Add(2, []).Add(3, []).Add(4, []), slots: 2);
        most.ShouldBe(2);
    }

    [Fact]
    public async Task Run_OfGrainsThatDoNotFitTogether_RunsOneAtATime()
    {
        int running = 0, most = 0;
        _work.Within = (_, _) =>
        {
            most = int.Max(most, Interlocked.Increment(ref running));
            Thread.Yield();
            Interlocked.Decrement(ref running);
        };
        await Run(new SumPlan().Add(1, [], bytes: 600).Add(2, [], bytes: 600).Add(3, [], bytes: 5000), slots: 3);
        most.ShouldBe(1);
        _work.Runs.ShouldBe(3);
    }

    [Fact]
    public async Task Run_Cancelled_StopsAndTheNextRunEndsIt()
    {
        SumPlan plan = Diamond();
        using var stop = new CancellationTokenSource();
        _work.Within = (spec, context) =>
        {
            if ((int)spec["number"]! == 2)
                stop.Cancel();
            context.Cancellation.ThrowIfCancellationRequested();
        };
        await Should.ThrowAsync<OperationCanceledException>(() => Run(plan, cancellation: stop.Token));
        _work.Within = (_, _) => { };
        CampaignOutcome outcome = await Run(plan);
        (outcome.Done + outcome.Reused, outcome.Failed).ShouldBe((4, 0));
        outcome.Reused.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Run_OnAStoreThatFails_StopsWithItsErrorAndGivesNoGrainUp()
    {
        SumPlan plan = Diamond();
        await plan.StoreAsync(_content);
        var broken = new BrokenStore(_content.Store);
        await using LocalEngine engine = Engine(new ContentStore(broken), 1);
        broken.Broken = true;
        StoreFailedException failure = await Should.ThrowAsync<StoreFailedException>(() => engine.RunAsync(plan.Plan(), _observer, CancellationToken.None));
        failure.Message.ShouldContain("no space");
        (await Run(plan)).ShouldBe(new CampaignOutcome(Done: 4, Reused: 0, Failed: 0));
    }

    [Fact]
    public async Task Run_WhereRecordingAFailureFails_StopsWhatElseRuns()
    {
        SumPlan plan = await new SumPlan().Add(1, [], fails: "Permanent").Add(2, [1]).Add(3, []).StoreAsync(_content);
        var broken = new BrokenStore(_content.Store);
        bool stopped = false;
        using var other = new ManualResetEventSlim();
        _work.Within = (spec, context) =>
        {
            if ((int)spec["number"]! == 3)
            {
                other.Set();
                stopped = context.Cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(30));
                context.Cancellation.ThrowIfCancellationRequested();
            }

            other.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue("both run side by side");
            broken.Broken = true;
        };
        await using LocalEngine engine = Engine(new ContentStore(broken), 2);
        await Should.ThrowAsync<StoreFailedException>(() => engine.RunAsync(plan.Plan(), _observer, CancellationToken.None));
        stopped.ShouldBeTrue("the other run is stopped rather than waited for");
    }

    [Fact]
    public async Task Run_OfALaneThatNoDeviceServes_SaysSo()
    {
        SpatialClusterException failure = await Should.ThrowAsync<SpatialClusterException>(() => Run(new SumPlan().Add(1, [], lane: Lane.Gpu)));
        failure.Message.ShouldContain("lane gpu");
    }

    [Fact]
    public async Task Run_OfTwoEnginesOnOneStore_DoesEachGrainOnce()
    {
        var plan = new SumPlan();
        for (int g = 0; g < 40; g++)
            plan.Add(g, g < 10 ? [] : [g - 10, g - 7]);
        await plan.StoreAsync(_content);
        await using LocalEngine first = Engine(_content, 2);
        await using LocalEngine second = Engine(_content, 2);
        CampaignOutcome[] both = await Task.WhenAll(
            first.RunAsync(plan.Plan(), _observer, CancellationToken.None), second.RunAsync(plan.Plan(), _observer, CancellationToken.None));
        both.Sum(o => o.Done).ShouldBe(40);
        both.Sum(o => o.Reused).ShouldBe(40);
        _work.Runs.ShouldBe(40);
    }

    [Fact]
    public void For_MoreSlotsThanCores_IsRefused()
    {
        Should.Throw<BadInputException>(() => LocalEngineOptions.For(2, 3, 1)).Message.ShouldContain("--slots is 3");
        LocalEngineOptions.For(8, 3, 1).ThreadsPerSlot.ShouldBe(2);
        LocalEngineOptions.For(8, null, 1).Slots.ShouldBe(8);
    }

    private static SumPlan Diamond() => new SumPlan().Add(1, []).Add(2, [1]).Add(3, [1]).Add(4, [2, 3]);

    private async Task<CampaignOutcome> Run(SumPlan plan, int slots = 1, CancellationToken cancellation = default)
    {
        await plan.StoreAsync(_content);
        await using LocalEngine engine = Engine(_content, slots);
        return await engine.RunAsync(plan.Plan(), _observer, cancellation);
    }

    private LocalEngine Engine(ContentStore content, int slots) => new(
        new GrainRunner(new GrainRecords(content), [_work], new GrainRunnerOptions()),
        new LocalEngineOptions { Slots = slots, ThreadsPerSlot = 1, MemoryLimit = 1000 });

    /// <summary>A store whose disk is full.</summary>
    private sealed class BrokenStore(IArtifactStore inner) : IArtifactStore
    {
        public bool Broken { get; set; }

        public string Location => inner.Location;

        public Task<ArtifactTag?> PutIfAbsentAsync(ArtifactName name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
            Broken ? Task.FromException<ArtifactTag?>(Full()) : inner.PutIfAbsentAsync(name, write, cancellation);

        public Task<ArtifactTag?> ReplaceAsync(ArtifactName name, ArtifactTag? expected, Func<Stream, CancellationToken, Task> write, CancellationToken cancellation = default) =>
            Broken ? Task.FromException<ArtifactTag?>(Full()) : inner.ReplaceAsync(name, expected, write, cancellation);

        public Task<OpenArtifact?> OpenAsync(ArtifactName name, ByteRange? range = null, CancellationToken cancellation = default) => inner.OpenAsync(name, range, cancellation);

        public Task<ArtifactInfo?> FindAsync(ArtifactName name, CancellationToken cancellation = default) => inner.FindAsync(name, cancellation);

        public IAsyncEnumerable<ArtifactInfo> ListAsync(string prefix, CancellationToken cancellation = default) => inner.ListAsync(prefix, cancellation);

        public Task<bool> DeleteAsync(ArtifactName name, ArtifactTag? expected = null, CancellationToken cancellation = default) => inner.DeleteAsync(name, expected, cancellation);

        private static SpatialClusterException Full() => new(FailureKind.Permanent, "no space is left");
    }
}
