using System.Diagnostics;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>Who submits a campaign may go and come back, and anybody may cancel it.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FollowedCampaignTests(ClusterServers servers, ITestOutputHelper output)
{
    private const int Cancelled = 3;

    [SkippableFact]
    public async Task Follower_ClosedAndOpenedAgain_FindsTheCampaignGoneOn()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Full);
        place.StartSilo("one");
        place.StartSilo("two");
        using (CliProcess first = place.Submit())
        {
            await ClusterPlace.WaitAsync(async () => await place.ResultsAsync() >= 5, "nothing is done");
            first.Interrupt();
            CliResult closed = first.Finish();
            closed.ExitCode.ShouldBe(Cancelled, closed.Error);
            closed.Complaint.ShouldContain("--engine rabbitmq");
        }

        int before = await place.ResultsAsync();
        await ClusterPlace.WaitAsync(async () => await place.ResultsAsync() > before + 5, "silos do not go on without a follower");
        using CliProcess second = place.Submit();
        second.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
    }

    [SkippableFact]
    public async Task Cancel_FromElsewhere_ReachesTheTrainingSoonAndResumingEndsIt()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.LongTraining);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        place.StartSilo("one", "--checkpoint-interval", "1");
        place.StartSilo("two", "--checkpoint-interval", "1");
        using CliProcess following = place.Submit();
        (GrainKey training, string name) = await ears.WaitForTrainingAsync(place);
        (await QueuesAsync(place)).ShouldNotBeEmpty();
        long moment = Stopwatch.GetTimestamp();
        place.Ask("campaign", "cancel", place.Name).ShouldSucceed();
        // The time to begin a process is none of the silo's, and is counted all the same.
        Heard returned = await ears.WaitForAsync(e => e.Kind == ClusterEventKind.GrainReturned && e.Silo == name && e.Grain == training.ToString(), "the training goes on", moment);
        TimeSpan taken = Stopwatch.GetElapsedTime(moment, returned.At);
        output.WriteLine($"the training ended {taken.TotalSeconds:F2} s after the command was begun");
        taken.ShouldBeLessThan(TimeSpan.FromSeconds(8), "two seconds until a silo looks, and the start of a process on a busy machine");
        following.Finish().ExitCode.ShouldBe(Cancelled);
        (await place.Open().Campaigns.ActiveAsync()).ShouldBeEmpty();
        (await QueuesAsync(place)).ShouldBeEmpty();
        (await place.Open().Records.Store.FindAsync(StoreLayout.Checkpoint(training))).ShouldNotBeNull();

        using CliProcess again = place.Resume();
        again.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        (await place.AttemptAsync(training, 2))!.Resumed.ShouldBeTrue();
        await place.ShouldBeSoundAsync();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_WhereNoSiloIsAlive_LeavesNothingActive(bool killed)
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.LongTraining);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        using CliProcess following = place.Submit();
        await ClusterPlace.WaitAsync(async () => (await place.Open().Campaigns.ActiveAsync()).Count == 1, "the campaign is not handed over");
        if (killed)
        {
            SiloProcess one = place.StartSilo("one");
            await ears.WaitForAsync(e => e.Kind == ClusterEventKind.GrainStarted, "nothing begins");
            one.Kill();
        }

        following.Interrupt();
        following.Finish().ExitCode.ShouldBe(Cancelled);
        CliResult cancelled = place.Ask("campaign", "cancel", place.Name).ShouldSucceed();
        cancelled.Error.ShouldContain("No silo is alive");
        (await place.Open().Campaigns.ActiveAsync()).ShouldBeEmpty();
        place.Ask("campaign", "delete", place.Name, "--grace", "0").ShouldSucceed();
        (await place.Open().Campaigns.ListAsync()).ShouldBeEmpty();
    }

    private async Task<string[]> QueuesAsync(ClusterPlace place)
    {
        string begin = $"spatialcluster.{await StoreIdentity.OfAsync(place.Open().Records.Store)}/{(await place.PlanAsync()).Id}/";
        return [.. (await servers.Broker.ControlAsync("-q", "list_queues", "name")).Split('\n').Where(q => q.StartsWith(begin, StringComparison.Ordinal))];
    }
}
