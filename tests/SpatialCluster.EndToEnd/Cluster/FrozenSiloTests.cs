using System.Diagnostics;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Silos;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A silo that stands still for longer than the broker waits for it, as a machine that swaps, and then goes on as if nothing had been.</summary>
[Collection(ClusterCollection.Name)]
public sealed class FrozenSiloTests(ClusterServers servers, ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Silo_FrozenInATraining_PublishesNothingOfItAndGoesOnWithOtherGrains()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.LongTraining);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        string[] settings = ["--checkpoint-interval", "1", "--heartbeat", "2"];
        SiloProcess[] silos = [place.StartSilo("one", settings), place.StartSilo("two", settings)];
        using CliProcess following = place.Submit();
        (GrainKey training, string name) = await ears.WaitForTrainingAsync(place);
        (SiloProcess frozen, SiloProcess other) = silos[0].Name == name ? (silos[0], silos[1]) : (silos[1], silos[0]);
        long moment = Stopwatch.GetTimestamp();
        frozen.Signal("STOP");
        TimeSpan takeover = await ears.WaitForTakeoverAsync(training, name, moment);
        output.WriteLine($"taken over {takeover.TotalSeconds:F2} s after the silo was frozen, with a heartbeat of 2 s");
        // The owner's process is there, and its lease of a minute runs: it is the message that says that it is gone.
        takeover.ShouldBeLessThan(TimeSpan.FromSeconds(20), "nobody waits for the lease to run out");
        await ears.ShouldHaveLostNoMoreAsync(training, name, moment, TimeSpan.FromSeconds(1));
        frozen.Signal("CONT");
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);

        ArtifactName mark = StoreLayout.AttemptSurvived(training, 1);
        await ClusterPlace.WaitAsync(async () => await place.Open().Records.ReadAsync(mark) is not null, "who was frozen does not say that it lives");
        (await place.AttemptAsync(training, 1)).ShouldBeNull("who was frozen publishes nothing");
        (await place.AttemptAsync(training, 2))!.Resumed.ShouldBeTrue();
        await place.ShouldBeSoundAsync();

        other.Signal("TERM");
        other.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
        using CliProcess more = place.SubmitOther(CampaignWorkplace.Tiny);
        more.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(servers.Campaigns.DigestOf(CampaignWorkplace.Tiny));
        ears.All.ShouldContain(h => h.Event.Kind == ClusterEventKind.GrainEnded && h.Event.Campaign.StartsWith("tiny", StringComparison.Ordinal) && h.Event.Silo == name);
    }
}
