using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>The store is away, or turns single requests away.</summary>
[Collection(ClusterCollection.Name)]
public sealed class StoreFaultTests(ClusterServers servers)
{
    /// <summary>Two trainings of some ten seconds each.</summary>
    private static readonly string s_trainings =
        $$"""
        {{CampaignWorkplace.Training(30_000)}}
        seeds: 2
        """;

    [SkippableFact]
    public async Task Store_GoneForAMinute_IsOutlivedByWhoeverTrainsOrFollows()
    {
        Skip.If(RabbitServer.Missing is not null, RabbitServer.Missing);
        await using AzuriteServer? blobs = await AzuriteServer.TryStartNewAsync();
        Skip.If(blobs is null, AzuriteServer.SkipReason);
        using var place = new ClusterPlace(servers, servers.Campaigns.NewFolder(), s_trainings, blobs!.Location("away"));
        SiloProcess[] silos = [place.StartSilo("one", "--checkpoint-interval", "8"), place.StartSilo("two", "--checkpoint-interval", "8")];
        using CliProcess following = place.Submit();
        foreach (SiloProcess silo in silos)
            await ClusterPlace.WaitAsync(async () => await EpochsAsync(silo) > 500, $"{silo.Name} trains nothing: {silo.Log}");

        await blobs.StopAsync();
        var away = System.Diagnostics.Stopwatch.StartNew();
        double[] before = await Task.WhenAll(silos.Select(EpochsAsync));
        foreach (SiloProcess silo in silos)
        {
            await ClusterPlace.WaitAsync(async () => (await silo.AskAsync("readyz")) is (503, var why) && why.Contains("does not answer", StringComparison.Ordinal), "nobody is told", TimeSpan.FromSeconds(30));
            silo.WaitForLine("does not answer");
            (await silo.AskAsync("healthz")).Status.ShouldBe(200);
        }

        // Trainings go on, checkpoints or not.
        for (int i = 0; i < silos.Length; i++)
            (await EpochsAsync(silos[i])).ShouldBeGreaterThan(before[i]);
        TimeSpan left = TimeSpan.FromSeconds(65) - away.Elapsed;
        following.RunOn(left > TimeSpan.Zero ? left : TimeSpan.Zero).ShouldBeTrue("the follower lives on");
        silos.ShouldAllBe(silo => !silo.HasExited);
        await blobs.StartAsync();

        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
        await ShouldHaveNoFailuresAsync(place, mostAttempts: 1);
        foreach (SiloProcess silo in silos)
            await ClusterPlace.WaitAsync(async () => (await silo.AskAsync("readyz")).Status == 200, "it is not ready again");
    }

    [SkippableFact]
    public async Task Store_RefusingSingleRequests_IsAskedAgain()
    {
        Skip.If(RabbitServer.Missing is not null, RabbitServer.Missing);
        Skip.If(AzuriteServer.SkipReason is not null, AzuriteServer.SkipReason);
        await using var proxy = await FaultyHttpProxy.StartAsync(servers.Blobs.Port,
        [
            // Refused; done, and the answer lost; done, and the connection cut; refused for a state that is not there.
            new("PUT", "/result.json", 0, HttpFault.Refuse503),
            new("PUT", "/result.json", 1, HttpFault.DoAndAnswer500),
            new("PUT", "/result.json", 2, HttpFault.DoAndCut),
            new("PUT", "/result.json", 4, HttpFault.Refuse412),
            new("PUT", "/claim.json", 2, HttpFault.Refuse503),
            new("PUT", "/claim.json", 5, HttpFault.DoAndAnswer500),
            new("PUT", "/claim.json", 9, HttpFault.DoAndCut),
            new("PUT", "/claim.json", 13, HttpFault.Refuse412),
            new("PUT", "/blobs/", 1, HttpFault.Refuse503),
            new("PUT", "/blobs/", 4, HttpFault.DoAndAnswer500),
            new("PUT", "/blobs/", 7, HttpFault.DoAndCut),
            new("PUT", "/metrics.json", 1, HttpFault.DoAndAnswer500),
            new("PUT", "/plan.json", 0, HttpFault.DoAndCut),
            new("PUT", "/active/", 0, HttpFault.DoAndAnswer500),
            new("GET", "/blobs/", 3, HttpFault.CutInTheMiddle),
            new("GET", "/spec.json", 2, HttpFault.CutInTheMiddle),
            new("GET", "/result.json", 5, HttpFault.Refuse503),
        ]);
        using ClusterPlace place = new(servers, servers.Campaigns.NewFolder(), CampaignWorkplace.Full, $"azurite://127.0.0.1:{proxy.Port}/refusing");
        place.StartSilo("one");
        place.StartSilo("two");
        using CliProcess following = place.Submit();
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        proxy.Open.ShouldBeEmpty("each fault was met");
        await place.ShouldBeSoundAsync();
        await ShouldHaveNoFailuresAsync(place, mostAttempts: 2);
    }

    // No attempt counted as one that failed, and nobody wrote an error.
    private static async Task ShouldHaveNoFailuresAsync(ClusterPlace place, int mostAttempts)
    {
        (GrainRecords records, CampaignStore campaigns) = place.Open();
        CampaignPlan plan = await campaigns.PlanAsync(place.Name);
        foreach (PlannedGrain grain in plan.Grains)
        {
            (await records.FindFailureAsync(grain.Key)).ShouldBeNull();
            GrainClaim claim = (await records.FindClaimAsync(grain.Key)).ShouldNotBeNull();
            claim.Failures.ShouldBe(0, grain.Title);
            claim.Crashes.ShouldBe(0, grain.Title);
            claim.Attempt.ShouldBeLessThanOrEqualTo(mostAttempts, grain.Title);
        }

        IReadOnlyList<ArtifactInfo> all = await records.ListAsync(StoreLayout.Grains);
        all.Where(a => a.Name.Value.EndsWith("error.txt", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static async Task<double> EpochsAsync(SiloProcess silo)
    {
        string line = (await silo.AskAsync("metrics")).Text.Split('\n').FirstOrDefault(l => l.StartsWith("spatialcluster_training_epochs_total", StringComparison.Ordinal), "0 0");
        return double.Parse(line.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
