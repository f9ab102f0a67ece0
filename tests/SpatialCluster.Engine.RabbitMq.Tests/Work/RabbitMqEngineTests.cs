using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.Engine.RabbitMq.Tests.Simulation;
using static SpatialCluster.Engine.RabbitMq.Tests.Work.SiloScene;

namespace SpatialCluster.Engine.RabbitMq.Tests.Work;

public sealed class RabbitMqEngineTests
{
    [Fact]
    public void Run_ByOneWhoLeaves_GoesOnWithoutHim() => Play(cluster =>
    {
        cluster.Silo();
        SimPlan plan = Trainings("left", 3);
        SimClient leaver = cluster.Client(plan).Run();
        cluster.Begins("left/0");
        leaver.Process.Kill();
        cluster.Begins("left/1");
        SimClient again = cluster.Client(plan).Run();
        cluster.Ends(again, Minutes(1));
        again.Outcome.ShouldBe(new CampaignOutcome(3, 1, 0));
        cluster.Ledger.Attempts.Count.ShouldBe(4);
        cluster.IsClear();
    });

    [Fact]
    public void Run_CancelledByToken_EndsTheFollowingAlone() => Play(cluster =>
    {
        cluster.Silo();
        SimPlan plan = Trainings("token", 2);
        using var stop = new CancellationTokenSource();
        SimClient client = cluster.Client(plan).Run(stop.Token);
        cluster.Begins("token/0");
        stop.Cancel();
        cluster.Ends(client, Seconds(5));
        cluster.Loop.RunFor(Minutes(1));
        cluster.IsRight(plan);
    });

    [Fact]
    public void Run_OfACampaignThatIsDone_AsksNobodyForAnything() => Play(cluster =>
    {
        SimSilo silo = cluster.Silo();
        SimPlan plan = Trainings("done", 2);
        cluster.Ends(cluster.Client(plan).Run(), Minutes(1));
        cluster.IsClear();
        silo.Process.Kill();
        SimClient again = cluster.Client(plan).Run();
        cluster.Ends(again, Seconds(5));
        again.Outcome.ShouldBe(new CampaignOutcome(0, 3, 0));
        cluster.IsClear();
    });

    [Fact]
    public void Submit_BrokenOffBeforeItPublished_IsMendedBySilos() => Play(cluster =>
    {
        SimPlan plan = Trainings("half", 2);
        cluster.Client(plan);
        new CampaignStore(cluster.Truth).ActivateAsync("half").Wait();
        cluster.Silo();
        cluster.Loop.RunUntil(() => cluster.Result(plan.Grains[^1]) is not null, Minutes(3)).ShouldBeTrue();
        cluster.IsRight(plan);
        cluster.IsClear();
    });

    [Fact]
    public void Run_AgainAfterResultsWereDeleted_IsMadeAnewBySilosThatKnewThem() => Play(cluster =>
    {
        cluster.Silo();
        SimPlan plan = Trainings("deleted", 2);
        cluster.Ends(cluster.Client(plan).Run(), Minutes(1));
        cluster.IsClear();
        foreach (PlannedGrain grain in plan.Grains)
            cluster.Store.DeleteAsync(StoreLayout.Result(grain.Key)).Wait();
        SimClient again = cluster.Client(plan).Run();
        cluster.Ends(again, Minutes(2));
        again.Outcome.ShouldBe(new CampaignOutcome(3, 0, 0));
        cluster.IsRight(plan);
        cluster.IsClear();
    });

    [Fact]
    public void Run_OfACampaignThatNobodyIsToWorkOnAnyMore_EndsWithAnError() => Play(cluster =>
    {
        SimClient client = cluster.Client(Trainings("abandoned", 2)).Run();
        cluster.Loop.RunFor(Seconds(10));
        cluster.Store.DeleteAsync(StoreLayout.ActiveCampaign("abandoned")).Wait();
        cluster.Loop.RunUntil(() => client.HasEnded, Minutes(2)).ShouldBeTrue();
        client.Failure!.Message.ShouldStartWith("No silo works on the campaign abandoned any more, though 3 of its grains have not ended");
    });

    [Fact]
    public void Run_AfterAFailure_TriesAgainWhatWasGivenUp() => Play(cluster =>
    {
        cluster.Silo();
        var plan = new SimPlan("again");
        plan.Add(new SimSpec { Title = "bad", Fails = "Permanent", Epochs = 1 });
        plan.Add(new SimSpec { Title = "good" });
        plan.Report();
        cluster.Ends(cluster.Client(plan).Run(), Minutes(1));
        cluster.IsClear();
        SimClient again = cluster.Client(plan).Run();
        cluster.Ends(again, Minutes(2));
        again.Outcome.ShouldBe(new CampaignOutcome(0, 1, 2));
        cluster.Ledger.Of("bad").Count().ShouldBe(2);
        cluster.IsClear();
    });
}
