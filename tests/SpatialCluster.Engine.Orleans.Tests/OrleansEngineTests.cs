using System.Collections.Concurrent;
using System.Diagnostics;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.Campaigns.Tests.Running;
using SpatialCluster.Engine.Orleans.Grains;
using Orleans.Runtime;

namespace SpatialCluster.Engine.Orleans.Tests;

public sealed class OrleansEngineTests
{
    [Fact]
    public async Task Run_OfADiamond_DoesEachGrainOnceInItsOrder()
    {
        await using SumCluster cluster = await SumCluster.StartAsync(silos: 2);
        SumPlan sums = new SumPlan().Add(1, []).Add(2, [1], lane: Lane.Io).Add(3, [1]).Add(4, [2, 3]);
        CampaignPlan plan = await cluster.SubmitAsync("diamond", sums);
        var observer = new RecordingObserver();
        (await cluster.RunAsync(plan, observer)).ShouldBe(new CampaignOutcome(4, 0, 0));
        (await cluster.SumAsync(sums[4])).ShouldBe(4 + 3 + 1 + 2 + 1);
        cluster.Runs.ShouldBe(4);
        observer.Outcomes.Select(o => o.Title).ShouldBe(["sum 1", "sum 2", "sum 3", "sum 4"], ignoreOrder: true);
        (await cluster.Campaigns.ActiveAsync()).ShouldBeEmpty();
        // And again: there is nothing to do.
        (await cluster.RunAsync(plan)).ShouldBe(new CampaignOutcome(0, 4, 0));
        cluster.Runs.ShouldBe(4);
    }

    [Fact]
    public async Task Run_OfTwoCampaignsThatShareGrains_DoesThemOnceInTheWholeCluster()
    {
        await using SumCluster cluster = await SumCluster.StartAsync(silos: 2, slots: 2);
        cluster.Within = (_, _, _) => Thread.Sleep(300);
        CampaignPlan one = await cluster.SubmitAsync("one", new SumPlan().Add(1, []).Add(2, [1]).Add(3, [2]));
        CampaignPlan two = await cluster.SubmitAsync("two", new SumPlan().Add(1, []).Add(2, [1]).Add(4, [2]));
        CampaignOutcome[] ended = await Task.WhenAll(cluster.RunAsync(one), cluster.RunAsync(two));
        ended.ShouldAllBe(o => o.Failed == 0 && o.Done + o.Reused == 3);
        cluster.Runs.ShouldBe(4);
        foreach (PlannedGrain grain in one.Grains)
            (await cluster.Records.FindClaimAsync(grain.Key))!.Attempt.ShouldBe(1);
    }

    [Fact]
    public async Task Run_OfMoreThanThereAreDevices_WaitsWithoutActivationsAndAnswersMeanwhile()
    {
        await using SumCluster cluster = await SumCluster.StartAsync(silos: 2, slots: 2);
        var atOnce = new ConcurrentDictionary<int, int>();
        int most = 0;
        using var go = new Gate();
        cluster.Within = (silo, _, _) =>
        {
            int now = atOnce.AddOrUpdate(silo, 1, (_, n) => n + 1);
            InterlockedMax(ref most, now);
            go.Wait();
            atOnce.AddOrUpdate(silo, 0, (_, n) => n - 1);
        };
        SumPlan sums = new();
        for (int i = 0; i < 40; i++)
            sums.Add(i, []);
        sums.Add(100, [.. Enumerable.Range(0, 40)]);
        CampaignPlan plan = await cluster.SubmitAsync("many", sums);
        Task<CampaignOutcome> running = cluster.RunAsync(plan);
        await SumCluster.WaitAsync(() => Task.FromResult(atOnce.Values.Sum() == 4), "not every device is busy");
        var management = cluster.Cluster.Client.GetGrain<IManagementGrain>(0);
        DetailedGrainStatistic[] statistics = await management.GetDetailedGrainStatistics();
        // Silos of one process count each other's.
        statistics.Where(s => s.GrainType.Contains(nameof(StepGrain), StringComparison.Ordinal)).Select(s => s.GrainId).Distinct().Count().ShouldBe(4, "what waits is no activation");
        var answers = new List<double>();
        for (int i = 0; i < 20; i++)
        {
            long asked = Stopwatch.GetTimestamp();
            CampaignStanding standing = await cluster.Cluster.Client.GetGrain<ICampaignGrain>(plan.Id).StandingAsync();
            answers.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            standing.ShouldBe(new CampaignStanding(true, 41, 0, 0));
        }

        answers.Order().ElementAt(10).ShouldBeLessThan(100, "milliseconds, while every device is busy");
        go.Set();
        (await running).ShouldBe(new CampaignOutcome(41, 0, 0));
        most.ShouldBe(2);
        cluster.Runs.ShouldBe(41);
    }

    [Fact]
    public async Task Run_WhenASiloDies_GoesOnElsewhereAndTheZombiePublishesNothing()
    {
        await using SumCluster cluster = await SumCluster.StartAsync(silos: 3);
        using var go = new Gate();
        var begun = new ConcurrentQueue<int>();
        cluster.Within = (silo, _, _) =>
        {
            begun.Enqueue(silo);
            // The first one hangs until the test is over: its silo is dead for the cluster long before.
            if (begun.Count == 1)
                go.Wait();
        };
        SumPlan sums = new SumPlan().Add(1, []).Add(2, [1]);
        CampaignPlan plan = await cluster.SubmitAsync("deaths", sums);
        Task<CampaignOutcome> running = cluster.RunAsync(plan);
        await SumCluster.WaitAsync(() => Task.FromResult(!begun.IsEmpty), "nothing begins");
        await cluster.Cluster.KillSiloAsync(cluster.Cluster.Silos.Single(s => s.Name == cluster.Names[begun.First()]));
        (await running).ShouldBe(new CampaignOutcome(2, 0, 0));
        go.Set();
        (await cluster.SumAsync(sums[2])).ShouldBe(3);
        (await cluster.Records.FindClaimAsync(sums[1].Key))!.Attempt.ShouldBe(2);
        begun.ElementAt(1).ShouldNotBe(begun.First());
    }

    [Fact]
    public async Task Run_OfACampaignThatIsCancelled_StopsAndCanBeRunAgain()
    {
        await using SumCluster cluster = await SumCluster.StartAsync(silos: 2);
        using var begun = new SemaphoreSlim(0);
        bool wait = true;
        cluster.Within = (_, _, context) =>
        {
            begun.Release();
            while (wait)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                Thread.Sleep(5);
            }
        };
        CampaignPlan plan = await cluster.SubmitAsync("cancelled", new SumPlan().Add(1, []).Add(2, [1]));
        Task<CampaignOutcome> running = cluster.RunAsync(plan);
        await begun.WaitAsync();
        await cluster.Campaigns.CancelAsync(plan.Id);
        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await SumCluster.WaitAsync(async () => (await cluster.Campaigns.ActiveAsync()).Count == 0, "the campaign stays active");
        await SumCluster.WaitAsync(async () => (await cluster.Records.FindClaimAsync(plan.Grains[0].Key))!.IsReleased, "the grain is not given back");
        wait = false;
        (await cluster.RunAsync(plan)).ShouldBe(new CampaignOutcome(2, 0, 0));
    }

    [Fact]
    public async Task Run_OfAGrainThatFails_FailsWhatNeedsItAndNothingElse()
    {
        await using SumCluster cluster = await SumCluster.StartAsync(silos: 1);
        SumPlan sums = new SumPlan().Add(1, [], fails: "Permanent").Add(2, [1]).Add(3, []);
        CampaignPlan plan = await cluster.SubmitAsync("fails", sums);
        (await cluster.RunAsync(plan)).ShouldBe(new CampaignOutcome(1, 0, 2));
        (await cluster.Records.FindFailureAsync(sums[2].Key))!.Message.ShouldContain("Not tried, since 'sum 1' failed: 1 fails.");
    }

    [Fact]
    public async Task Run_OnSilosOfTwoVersions_GivesEachTheCodeThatItHas()
    {
        await using SumCluster cluster = await SumCluster.StartAsync(silos: 2, codes: [["sum.1"], ["sum.2"]]);
        SumPlan sums = new SumPlan().Add(1, [], code: "sum.1").Add(2, [], code: "sum.2").Add(3, [1, 2], code: "sum.2");
        CampaignPlan plan = await cluster.SubmitAsync("versions", sums);
        (await cluster.RunAsync(plan)).ShouldBe(new CampaignOutcome(3, 0, 0));
        cluster.Works.Select(w => w.Runs).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Run_BehindAThousandGrains_HasEveryOtherSlot()
    {
        await using SumCluster cluster = await SumCluster.StartAsync(silos: 1);
        var order = new ConcurrentQueue<long>();
        cluster.Within = (_, spec, _) =>
        {
            order.Enqueue((long)spec["number"]!);
            Thread.Sleep(5);
        };
        SumPlan large = new();
        for (int i = 0; i < 1000; i++)
            large.Add(i, []);
        SumPlan small = new();
        for (int i = 5000; i < 5005; i++)
            small.Add(i, []);
        using var stop = new CancellationTokenSource();
        Task running = cluster.RunAsync(await cluster.SubmitAsync("large", large), cancellation: stop.Token);
        await SumCluster.WaitAsync(() => Task.FromResult(order.Count > 20), "nothing runs");
        (await cluster.RunAsync(await cluster.SubmitAsync("small", small))).Failed.ShouldBe(0);
        long[] all = [.. order];
        int first = Array.FindIndex(all, n => n >= 5000), last = Array.FindLastIndex(all, n => n >= 5000);
        (last - first).ShouldBeLessThanOrEqualTo(12, "five grains among alternate ones of the other campaign");
        await cluster.Campaigns.CancelAsync("large");
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    /// <summary>Holds work back; opens for good when the test ends, whatever came of it.</summary>
    private sealed class Gate : IDisposable
    {
        private readonly ManualResetEventSlim _open = new();

        public void Wait() => _open.Wait();

        public void Set() => _open.Set();

        public void Dispose() => _open.Set();
    }

    private static void InterlockedMax(ref int most, int now)
    {
        int seen = most;
        while (seen < now && Interlocked.CompareExchange(ref most, now, seen) != seen)
            seen = most;
    }
}
