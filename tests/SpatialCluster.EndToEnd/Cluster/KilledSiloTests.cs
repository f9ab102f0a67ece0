using System.Diagnostics;
using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>kill -9 of silos.</summary>
[Collection(ClusterCollection.Name)]
public sealed class KilledSiloTests(ClusterServers servers, ITestOutputHelper output)
{
    private const int Killed = 128 + 9;

    // Sixty runs, so that there is something left to be killed in.
    private static readonly string s_long = CampaignWorkplace.Full.Replace("seeds: 2", "seeds: 6", StringComparison.Ordinal);

    [SkippableFact]
    public async Task Silo_KilledInATraining_HasAnotherGoOnFromTheCheckpoint()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.LongTraining);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        SiloProcess[] silos = [place.StartSilo("one", "--checkpoint-interval", "1"), place.StartSilo("two", "--checkpoint-interval", "1")];
        using CliProcess following = place.Submit();
        (GrainKey training, string name) = await ears.WaitForTrainingAsync(place);
        long moment = Stopwatch.GetTimestamp();
        silos.Single(s => s.Name == name).Kill();
        TimeSpan takeover = await ears.WaitForTakeoverAsync(training, name, moment);
        output.WriteLine($"taken over {takeover.TotalSeconds:F2} s after the kill");
        takeover.ShouldBeLessThan(TimeSpan.FromSeconds(15), "nobody waits for the lease to run out");
        (await place.Open().Records.FindClaimAsync(training))!.Attempt.ShouldBe(2);
        await ears.ShouldHaveLostNoMoreAsync(training, name, moment, TimeSpan.FromSeconds(1));
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        (await place.AttemptAsync(training, 1)).ShouldBeNull();
        (await place.AttemptAsync(training, 2))!.Resumed.ShouldBeTrue();
        await place.ShouldBeSoundAsync();
    }

    [SkippableFact]
    public async Task Silos_KilledAtEveryFaultPoint_LeaveTheUndisturbedResults()
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Full);
        string[] points = [.. RunnerFaultPoints.All.Where(p => p.StartsWith("grain.", StringComparison.Ordinal) && p != RunnerFaultPoints.Failed)];
        SiloProcess[] doomed = [.. points.Select((point, i) => place.StartSilo($"doomed{i}", [(FaultPoint.Variable, point)], "--checkpoint-interval", "0"))];
        using CliProcess following = place.Submit();
        foreach (SiloProcess silo in doomed)
            silo.WaitForExit(TimeSpan.FromMinutes(1)).ShouldBe(Killed);
        place.StartSilo("last");
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
    }

    [SkippableTheory]
    [InlineData(1)]
    public async Task Silos_KilledTwentyTimes_LeaveTheUndisturbedResults(int seed)
    {
        using ClusterPlace place = servers.PlaceWithFiles(s_long);
        var moments = new Random(seed);
        int started = 0;
        List<SiloProcess> silos = [Another(), Another()];
        using CliProcess following = place.Submit();
        await ClusterPlace.WaitAsync(async () => await place.ResultsAsync() > 0, "nothing is done");
        int kills = 0;
        for (; kills < 20 && following.RunOn(TimeSpan.FromMilliseconds(moments.Next(100))); kills++)
        {
            int chosen = moments.Next(silos.Count);
            silos[chosen].Kill();
            silos[chosen] = Another();
        }

        kills.ShouldBe(20, "the campaign is long enough to be disturbed");
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();

        // Without checkpoints, one training that meets five of the kills in a row would be given up as poisonous, and rightly so.
        SiloProcess Another() => place.StartSilo($"silo{started++}", "--checkpoint-interval", "0");
    }
}
