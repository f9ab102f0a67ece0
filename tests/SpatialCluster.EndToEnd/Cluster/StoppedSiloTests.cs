using System.Diagnostics;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>Silos that are stopped, or asked to drain, in the middle of a training.</summary>
[Collection(ClusterCollection.Name)]
public sealed class StoppedSiloTests(ClusterServers servers, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Silo_ToldToEndInATraining_GivesItBackFromItsLastEpoch()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.LongTraining);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        SiloProcess one = place.StartSilo("one", "--checkpoint-interval", "1");
        using CliProcess following = place.Submit();
        (GrainKey training, string name) = await ears.WaitForTrainingAsync(place);
        long moment = Stopwatch.GetTimestamp();
        one.Signal("TERM");
        one.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
        output.WriteLine($"ended {Stopwatch.GetElapsedTime(moment).TotalSeconds:F2} s after SIGTERM");
        one.Log.ShouldContain("Everything was given back.");
        await ShouldBeGivenBackAsync(place, training);
        place.StartSilo("two");
        await ShouldGoOnAsync(place, ears, following, training, name, moment);
    }

    [SkippableFact]
    public async Task Silo_ToldToEndTwice_EndsAtOnceAndLosesNothing()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.LongTraining);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        SiloProcess one = place.StartSilo("one", "--checkpoint-interval", "1", "--grace", "60");
        using CliProcess following = place.Submit();
        (_, _) = await ears.WaitForTrainingAsync(place);
        // A broker that does not answer keeps it from giving back.
        servers.Broker.Freeze();
        try
        {
            one.Signal("TERM");
            await ClusterPlace.WaitAsync(async () => (await one.AskAsync("readyz")).Text.Contains("drains", StringComparison.Ordinal), "the silo does not end");
            one.Signal("TERM");
            one.WaitForExit(TimeSpan.FromSeconds(5)).ShouldNotBe(0);
        }
        finally
        {
            servers.Broker.Thaw();
        }

        place.StartSilo("two");
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
    }

    [SkippableFact]
    public async Task Silo_AskedToDrainInATraining_GivesItBackAndStays()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.LongTraining);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        SiloProcess one = place.StartSilo("one", "--checkpoint-interval", "1");
        using CliProcess following = place.Submit();
        (GrainKey training, string name) = await ears.WaitForTrainingAsync(place);
        long moment = Stopwatch.GetTimestamp();
        place.Ask("silo", "drain", name).ShouldSucceed();
        await ClusterPlace.WaitAsync(() => Task.FromResult(StateOf(place, name) == "drained"), "the silo does not drain");
        output.WriteLine($"listed as drained {Stopwatch.GetElapsedTime(moment).TotalSeconds:F2} s after it was asked");
        one.HasExited.ShouldBeFalse();
        (await one.AskAsync("readyz")).Text.ShouldContain("drains");
        await ShouldBeGivenBackAsync(place, training);
        place.StartSilo("two");
        await ShouldGoOnAsync(place, ears, following, training, name, moment);
        ears.All.ShouldNotContain(h => h.At > moment && h.Event.Kind == ClusterEventKind.GrainStarted && h.Event.Silo == name);
        one.Signal("TERM");
        one.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
    }

    private static async Task ShouldBeGivenBackAsync(ClusterPlace place, GrainKey training)
    {
        GrainRecords records = place.Open().Records;
        (await records.FindClaimAsync(training))!.IsReleased.ShouldBeTrue();
        (await records.Store.FindAsync(StoreLayout.Checkpoint(training))).ShouldNotBeNull();
    }

    private static async Task ShouldGoOnAsync(ClusterPlace place, ClusterEars ears, CliProcess following, GrainKey training, string from, long moment)
    {
        int reached = ears.All.Where(h => h.Event.Silo == from && h.Event.Grain == training.ToString()).Max(h => h.Event.Epoch)!.Value;
        Heard first = await ears.WaitForAsync(e => e.Kind == ClusterEventKind.GrainEpoch && e.Silo != from && e.Grain == training.ToString(), "nobody goes on", moment);
        first.Event.Epoch!.Value.ShouldBeGreaterThan(reached, "no epoch is trained again");
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        (await place.AttemptAsync(training, 2))!.Resumed.ShouldBeTrue();
        await place.ShouldBeSoundAsync();
    }

    private static string? StateOf(ClusterPlace place, string name) =>
        place.Ask("silo", "list", "--json").ShouldSucceed().Json.GetProperty("silos").EnumerateArray().Where(s => s.GetProperty("id").GetString() == name)
            .Select(s => s.GetProperty("state").GetString()).SingleOrDefault();
}
