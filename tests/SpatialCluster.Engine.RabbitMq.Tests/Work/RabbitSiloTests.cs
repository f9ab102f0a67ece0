using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Broker;
using SpatialCluster.Engine.RabbitMq.Messages;
using SpatialCluster.Engine.RabbitMq.Tests.Simulation;
using static SpatialCluster.Engine.RabbitMq.Tests.Work.SiloScene;

namespace SpatialCluster.Engine.RabbitMq.Tests.Work;

public sealed class RabbitSiloTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_OfACampaign_EndsEveryGrainOnceAndInOrder(int silos) => Play(cluster =>
    {
        for (int i = 0; i < silos; i++)
            cluster.Silo();
        var plan = new SimPlan("chain");
        PlannedGrain slice = plan.Add(new SimSpec { Title = "slice", Epochs = 1 });
        PlannedGrain[] runs = [.. Enumerable.Range(0, 4).Select(i => plan.Add(new SimSpec { Title = $"run {i}" }, slice))];
        plan.Add(new SimSpec { Title = "scores", Epochs = 1 }, runs);
        plan.Report();
        SimClient client = cluster.Client(plan).Run();
        cluster.Ends(client, Minutes(1));
        client.Outcome.ShouldBe(new CampaignOutcome(7, 0, 0));
        cluster.IsRight(plan);
        cluster.IsClear();
        cluster.Ledger.Attempts.Count.ShouldBe(7);
        cluster.Ledger.Attempts[0].Title.ShouldBe("slice");
        cluster.Ledger.Attempts.TakeLast(2).Select(a => a.Title).ShouldBe(["scores", "chain/report"]);
        cluster.Ledger.Attempts.Select(a => a.Process.Name).Distinct().Count().ShouldBe(silos);
    });

    [Fact]
    public void Run_OfAGrainThatFails_MarksEverythingBehindIt() => Play(cluster =>
    {
        cluster.Silo();
        var plan = new SimPlan("broken");
        PlannedGrain bad = plan.Add(new SimSpec { Title = "bad", Fails = "Permanent" });
        PlannedGrain good = plan.Add(new SimSpec { Title = "good" });
        PlannedGrain behind = plan.Add(new SimSpec { Title = "behind" }, bad);
        plan.Report();
        SimClient client = cluster.Client(plan).Run();
        cluster.Ends(client, Minutes(1));
        client.Outcome.ShouldBe(new CampaignOutcome(1, 0, 3));
        cluster.Failure(bad)!.Message.ShouldBe("bad fails.");
        cluster.Failure(behind)!.Cause.ShouldBe(bad.Key.ToString());
        cluster.IsClear();
        cluster.Result(good).ShouldNotBeNull();
        cluster.Failure(plan.Grains[^1])!.Message.ShouldStartWith("Not tried, since '");
    });

    [Fact]
    public void Run_OfASmallCampaignBehindALargeOne_GetsEverySecondSlot() => Play(cluster =>
    {
        SimClient large = cluster.Client(Trainings("a-large", 1000, epochs: 1, seconds: 0.2)).Run();
        cluster.Loop.RunFor(Seconds(5));
        SimSilo silo = cluster.Silo();
        cluster.Begins("a-large/10");
        SimClient small = cluster.Client(Trainings("b-small", 4, epochs: 1, seconds: 0.2)).Run();
        cluster.Ends(small, Minutes(1));
        List<string> titles = silo.Observer.Titles;
        int first = titles.FindIndex(t => t.StartsWith("b-small", StringComparison.Ordinal));
        titles[first..].Select(t => t[0]).ShouldBe(['b', 'a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
        large.HasEnded.ShouldBeFalse();
    });

    [Fact]
    public void Run_WithSilosOfTwoVersions_GivesEachItsOwn() => Play(cluster =>
    {
        SimSilo old = cluster.Silo(new SimSiloOptions { Codes = [SimWork.FirstCode] });
        SimPlan before = Trainings("before", 6, epochs: 6);
        SimPlan after = Trainings("upgraded", 3, code: SimWork.SecondCode);
        SimClient first = cluster.Client(before).Run(), second = cluster.Client(after).Run();
        cluster.Begins("before/2");
        cluster.Ledger.Attempts.ShouldAllBe(a => a.Title.StartsWith("before"), "nobody has the new code");
        // The old one leaves in the midst of the campaign, as in a rolling upgrade.
        cluster.Silo(new SimSiloOptions { Codes = [SimWork.SecondCode] });
        cluster.Silo(new SimSiloOptions { Codes = [SimWork.FirstCode, SimWork.SecondCode] });
        old.Stop();
        cluster.Ends(first, Minutes(3));
        cluster.Ends(second, Minutes(3));
        cluster.IsRight(before);
        cluster.IsRight(after);
        cluster.Ledger.Attempts.Where(a => a.Process.Name == "silo-2").ShouldAllBe(a => a.Title.StartsWith("upgraded/"));
        cluster.Ledger.Attempts.Where(a => a.Process.Name == "silo-1").ShouldAllBe(a => a.Title.StartsWith("before/"));
    });

    [Fact]
    public void Run_OfGrainsThatDoNotFitTogether_RunsThemOneAfterTheOther() => Play(cluster =>
    {
        cluster.Silo(new SimSiloOptions { Devices = [Lane.Cpu, Lane.Cpu], MemoryLimit = 100 });
        var plan = new SimPlan("memory");
        foreach (int bytes in new[] { 60, 60, 30, 400, 30 })
            plan.Add(new SimSpec { Title = $"{plan.Grains.Count}: {bytes}", Bytes = bytes });
        plan.Report();
        cluster.Ends(cluster.Client(plan).Run(), Minutes(2));
        SimAttempt[] all = [.. cluster.Ledger.Attempts];
        bool anyBeside = false;
        foreach (SimAttempt one in all)
        {
            foreach (SimAttempt other in all.Where(o => o != one && o.Began < one.Epochs[^1].Time && one.Began < o.Epochs[^1].Time))
            {
                anyBeside = true;
                (plan[one.Title].ForecastBytes + plan[other.Title].ForecastBytes).ShouldBeLessThanOrEqualTo(100);
            }
        }

        anyBeside.ShouldBeTrue();
    });

    [Fact]
    public void Run_OfAGrainTooLargeForOneSilo_LeavesItToALargerOne() => Play(cluster =>
    {
        cluster.Silo(new SimSiloOptions { MemoryLimit = 100 });
        cluster.Silo(new SimSiloOptions { MemoryLimit = 1000 });
        cluster.Loop.RunFor(Seconds(15));
        var plan = new SimPlan("large");
        for (int i = 0; i < 4; i++)
            plan.Add(new SimSpec { Title = $"large {i}", Bytes = 500 });
        plan.Report();
        cluster.Ends(cluster.Client(plan).Run(), Minutes(2));
        cluster.Ledger.Attempts.Where(a => a.Title.StartsWith("large ")).ShouldAllBe(a => a.Process.Name == "silo-2");
    });

    [Fact]
    public void Kill_OfASilo_HasItsGrainGoOnElsewhereAtOnce() => Play(cluster =>
    {
        SimSilo killed = cluster.Silo();
        SimPlan plan = Trainings("kill", 1, epochs: 30);
        SimClient client = cluster.Client(plan).Run();
        cluster.Begins("kill/0", andThen: 14);
        cluster.Silo();
        cluster.Loop.RunFor(Seconds(5));
        killed.Process.Kill();
        long then = cluster.Loop.Now;
        SimAttempt second = cluster.Begins("kill/0", times: 2);
        TimeSpan.FromTicks(second.Began - then).ShouldBeLessThan(Seconds(2));
        second.First!.Value.ShouldBeGreaterThanOrEqualTo(12);
        cluster.Claim(plan["kill/0"])!.Attempt.ShouldBe(2);
        cluster.Ends(client, Minutes(2));
        cluster.IsRight(plan);
    });

    [Fact]
    public void Freeze_OfASilo_PublishesNothingAfterItThaws() => Play(cluster =>
    {
        SimSilo frozen = cluster.Silo();
        SimPlan plan = Trainings("freeze", 1, epochs: 4);
        SimClient client = cluster.Client(plan).Run();
        cluster.Begins("freeze/0", andThen: 2);
        SimSilo other = cluster.Silo();
        frozen.Process.Freeze(Seconds(90));
        long then = cluster.Loop.Now;
        SimAttempt second = cluster.Begins("freeze/0", times: 2);
        TimeSpan.FromTicks(second.Began - then).ShouldBeLessThan(Seconds(32));
        cluster.Ends(client, Minutes(1));
        cluster.Loop.RunFor(Minutes(2));
        string folder = StoreLayout.Folder(plan["freeze/0"].Key);
        cluster.Names(folder).ShouldBe([.. new[] { "attempts/1/survived.txt", "attempts/2/metrics.json", "claim.json", "result.json", "spec.json" }.Select(leaf => folder + leaf)]);
        frozen.Observer.Outcomes.ShouldNotContain(o => o.Title == "freeze/0" && o.Outcome.State == GrainState.Done);
        other.Observer.Outcomes.ShouldContain(o => o.Title == "freeze/0" && o.Outcome.State == GrainState.Done);
    });

    [Fact]
    public void Begin_OfAPoisonousGrain_ParksItAndNotWhatRanBesideIt() => Play(cluster =>
    {
        var plan = new SimPlan("poison");
        plan.Add(new SimSpec { Title = "innocent", Epochs = 4, Checkpoints = false });
        plan.Add(new SimSpec { Title = "poison", Poison = true });
        plan.Report();
        var two = new SimSiloOptions { Devices = [Lane.Cpu, Lane.Cpu] };
        cluster.Silo(two);
        SimClient client = cluster.Client(plan).Run();
        cluster.Loop.RunUntil(
            () =>
            {
                if (!cluster.Silos.Any(s => s.Works))
                    cluster.Silo(two);
                return client.HasEnded;
            },
            Minutes(5)).ShouldBeTrue();
        cluster.Failure(plan["poison"])!.Message.ShouldStartWith("3 processes in a row ended while they worked on it");
        cluster.Failure(plan["innocent"]).ShouldBeNull();
        cluster.Result(plan["innocent"]).ShouldNotBeNull();
        cluster.Ledger.Of("poison").Count().ShouldBe(SimCluster.MostCrashes);
    });

    [Fact]
    public void Kill_OfEverySiloThatTrains_ParksNothingThatGetsOn() => Play(cluster =>
    {
        SimPlan plan = Trainings("unlucky", 1, epochs: 60);
        SimClient client = cluster.Client(plan).Run();
        for (int i = 1; i <= 5; i++)
        {
            SimSilo silo = cluster.Silo();
            cluster.Begins("unlucky/0", times: i, andThen: 8);
            silo.Process.Kill();
        }

        cluster.Silo();
        cluster.Ends(client, Minutes(3));
        cluster.IsRight(plan);
        cluster.Claim(plan["unlucky/0"])!.Attempt.ShouldBe(6);
    });

    [Fact]
    public void Drain_OfASilo_HandsItsGrainsBackWithNothingLost() => Play(cluster =>
    {
        SimSilo drained = cluster.Silo();
        SimPlan plan = Trainings("drain", 1, epochs: 8);
        SimClient client = cluster.Client(plan).Run();
        cluster.Begins("drain/0", andThen: 3.3);
        new Campaigns.Silos.SiloRegistry(cluster.Truth).DrainAsync(drained.Process.Name).Wait();
        cluster.Loop.RunFor(Seconds(4));
        drained.Silo.Beacon.State.ShouldBe(Campaigns.Silos.SiloState.Drained);
        drained.Silo.IsReady.ShouldBeFalse();
        cluster.Claim(plan["drain/0"])!.IsReleased.ShouldBeTrue();
        cluster.Silo();
        cluster.Ends(client, Minutes(2));
        cluster.Ledger.Of("drain/0").Sum(a => a.Epochs.Count).ShouldBe(8, "no epoch is done twice");
        cluster.Ledger.Attempts.Count(a => a.Process == drained.Process).ShouldBe(1);
    });

    [Fact]
    public void Stop_WhileWorkDoesNotStop_LeavesInTimeAllTheSame() => Play(cluster =>
    {
        SimSilo stopped = cluster.Silo();
        var plan = new SimPlan("stubborn");
        plan.Add(new SimSpec { Title = "stubborn", Epochs = 1, EpochSeconds = 60, Checkpoints = false, Stops = false });
        plan.Report();
        SimClient client = cluster.Client(plan).Run();
        cluster.Begins("stubborn");
        stopped.Stop();
        cluster.Silo();
        cluster.Loop.RunUntil(() => stopped.HasLeft, Seconds(30)).ShouldBeTrue();
        stopped.Leaving.ShouldBeLessThan(Seconds(10));
        cluster.Begins("stubborn", times: 2);
        cluster.Ends(client, Minutes(3));
        cluster.Claim(plan["stubborn"])!.Crashes.ShouldBe(0, "whoever leaves in order crashed nothing");
    });

    [Fact]
    public void Run_OfATrainingLongerThanASegment_GoesOnFromItsCheckpointEachTime() => Play(cluster =>
    {
        cluster.Silo(new SimSiloOptions { Segment = Seconds(10) });
        SimPlan plan = Trainings("long", 2, epochs: 35);
        SimClient client = cluster.Client(plan).Run();
        cluster.Ends(client, Minutes(5));
        cluster.Ledger.Of("long/0").Count().ShouldBeInRange(4, 5);
        cluster.Ledger.Of("long/0").Sum(a => a.Epochs.Count).ShouldBe(35);
        cluster.Ledger.Attempts[1].Title.ShouldNotBe(cluster.Ledger.Attempts[0].Title, "others get their turn in between");
        cluster.IsRight(plan);
    });

    [Fact]
    public void Run_OfWorkWithoutCheckpointsLongerThanASegment_GetsANewMessageAndRunsOnce() => Play(cluster =>
    {
        cluster.Silo(new SimSiloOptions { Segment = Seconds(10) });
        cluster.Silo(new SimSiloOptions { Segment = Seconds(10) });
        var plan = new SimPlan("slow");
        plan.Add(new SimSpec { Title = "slow", Epochs = 1, EpochSeconds = 100, Checkpoints = false });
        plan.Report();
        SimClient client = cluster.Client(plan).Run();
        cluster.Ends(client, Minutes(4));
        cluster.Ledger.Of("slow").Count().ShouldBe(1);
        cluster.Broker.Handed.Where(h => h.Message.Grain == plan["slow"].Key).Select(h => h.Message.Ticket).Distinct().Count().ShouldBeGreaterThan(1);
    });

    [Fact]
    public void Take_OfAMessageThatIsThereTwice_WorksOnce() => Play(cluster =>
    {
        cluster.Silo();
        cluster.Silo();
        SimPlan plan = Trainings("twice", 2, epochs: 10);
        cluster.Faults.BrokerDuplicates = 1;
        SimClient client = cluster.Client(plan).Run();
        cluster.Ends(client, Minutes(3));
        cluster.Ledger.Attempts.Count.ShouldBe(3);
        cluster.IsClear();
    });

    [Theory]
    [InlineData(5)]
    [InlineData(-5)]
    public void Take_OfAMessageThatIsThereTwice_BySilosWhoseClocksAreMinutesApart_WorksOnce(int minutes) => Play(cluster =>
    {
        cluster.Silo();
        cluster.Silo(new SimSiloOptions { ClockOff = Minutes(minutes) });
        SimPlan plan = Trainings("apart", 2, epochs: 100);
        cluster.Faults.BrokerDuplicates = 1;
        SimClient client = cluster.Client(plan).Run();
        cluster.Ends(client, Minutes(8));
        cluster.Ledger.Attempts.Count.ShouldBe(3);
        cluster.IsClear();
    });

    [Fact]
    public void Take_OfAMessageThatMeansNothing_ForgetsIt() => Play(cluster =>
    {
        cluster.Silo();
        SimPlan plan = Trainings("known", 1, epochs: 20);
        SimClient client = cluster.Client(plan).Run();
        cluster.Begins("known/0");
        string queue = QueueNames.For(SimCluster.Scope, "known", Lane.Cpu, SimWork.FirstCode);
        cluster.Broker.Put(queue, GrainMessage.For("known", Trainings("other", 1)["other/0"].Key));
        cluster.Broker.Put(queue, GrainMessage.For("unknown", plan["known/0"].Key));
        cluster.Ends(client, Minutes(1));
        cluster.Ledger.Attempts.Count.ShouldBe(2);
    });

    [Fact]
    public void Cancel_OfACampaign_ReachesItsSilosAndLeavesNothing() => Play(cluster =>
    {
        cluster.Silo();
        SimPlan plan = Trainings("cancel", 1, epochs: 20);
        SimClient client = cluster.Client(plan).Run();
        SimAttempt running = cluster.Begins("cancel/0", andThen: 4.5);
        cluster.Client(plan).Cancel();
        cluster.Loop.RunUntil(() => running.Ended, Seconds(5)).ShouldBeTrue();
        cluster.Ends(client, Seconds(5));
        client.WasCancelled.ShouldBeTrue();
        cluster.IsClear();
        // Run again, it goes on where it was.
        SimClient again = cluster.Client(plan).Run();
        cluster.Ends(again, Minutes(3));
        again.Outcome.ShouldBe(new CampaignOutcome(2, 0, 0));
        cluster.Ledger.Of("cancel/0").Sum(a => a.Epochs.Count).ShouldBe(20);
        cluster.IsClear();
    });

    [Fact]
    public void Loss_OfAllThatTheBrokerHad_IsMendedAfterAWhile() => Play(cluster =>
    {
        cluster.Silo();
        SimPlan plan = Trainings("lost", 4, epochs: 5);
        SimClient client = cluster.Client(plan).Run();
        cluster.Begins("lost/1");
        cluster.Broker.LoseEverything();
        cluster.Ends(client, Minutes(5));
        cluster.IsRight(plan);
        cluster.IsClear();
    });

    [Fact]
    public void Loss_OfTheStoreForAMinute_CostsACheckpointIntervalAtMost() => Play(cluster =>
    {
        cluster.Silo();
        SimPlan plan = Trainings("outage", 1, epochs: 100);
        SimClient client = cluster.Client(plan).Run();
        cluster.Begins("outage/0", andThen: 10);
        cluster.Faults.StoreIsAway = true;
        cluster.Loop.RunFor(Seconds(50));
        cluster.Faults.StoreIsAway = false;
        cluster.Ends(client, Minutes(4));
        cluster.Ledger.Of("outage/0").Count().ShouldBe(1, "a training outlives the store");
        cluster.IsRight(plan);
    });

    [Fact]
    public void Loss_OfTheStoreAtTheEndOfAGrain_CountsNothingAgainstIt() => Play(cluster =>
    {
        cluster.Silo();
        var plan = new SimPlan("end");
        plan.Add(new SimSpec { Title = "end", Epochs = 1, EpochSeconds = 5, Checkpoints = false });
        plan.Report();
        SimClient client = cluster.Client(plan).Run();
        for (int i = 1; i <= 4; i++)
        {
            cluster.Begins("end", times: i);
            cluster.Faults.StoreIsAway = true;
            cluster.Loop.RunFor(Seconds(20));
            cluster.Faults.StoreIsAway = false;
        }

        cluster.Ends(client, Minutes(4));
        cluster.IsRight(plan);
        cluster.Claim(plan["end"])!.Crashes.ShouldBe(0);
    });
}
