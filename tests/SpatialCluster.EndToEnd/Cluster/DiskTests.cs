using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.EndToEnd.BadInput;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>Disks that are full: a silo's own, and the store's.</summary>
[Collection(ClusterCollection.Name)]
public sealed class DiskTests(ClusterServers servers)
{
    [SkippableFact]
    public async Task Silo_WithAFullDisk_StandsAsideAndTheOtherDoesTheWork()
    {
        using ClusterPlace place = servers.PlaceWithBlobs(CampaignWorkplace.Full);
        string folder = Directory.CreateDirectory(Path.Combine(place.Folder, "tmp")).FullName;
        using SmallDisk disk = SmallDisk.Require(folder, 16);
        File.WriteAllBytes(Path.Combine(folder, "ballast"), new byte[4096]);
        SiloProcess full = place.StartSilo("full", [("TMPDIR", folder), ("DOTNET_EnableDiagnostics", "0")]);
        SiloProcess well = place.StartSilo("well");
        using CliProcess following = place.Submit();
        CliResult result = following.Finish().ShouldSucceed();
        result.Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
        // It says so, and failed no grain for others by taking one after the other.
        full.WaitForLine("No space is left");
        full.Log.ShouldContain("set $TMPDIR to a folder on another disk");
        (GrainRecords records, CampaignStore campaigns) = place.Open();
        foreach (PlannedGrain grain in (await campaigns.PlanAsync(place.Name)).Grains)
            (await records.FindClaimAsync(grain.Key)).ShouldNotBeNull().Failures.ShouldBeLessThanOrEqualTo(2, grain.Title);
        well.Log.ShouldNotContain("No space");
        (await full.AskAsync("healthz")).Status.ShouldBe(200);
    }

    [SkippableFact]
    public async Task Store_OnAFullDisk_IsWaitedForUntilThereIsRoom()
    {
        string folder = Directory.CreateDirectory(Path.Combine(servers.Campaigns.NewFolder(), "disk")).FullName;
        using SmallDisk disk = SmallDisk.Require(folder, 512);
        // Beside the disk, whose folder cannot go before it is unmounted.
        using ClusterPlace place = PlaceOn(Path.Combine(folder, "store"));
        SiloProcess[] silos = [place.StartSilo("one"), place.StartSilo("two")];
        using CliProcess following = place.Submit();
        foreach (SiloProcess silo in silos)
            silo.WaitForLine("No space is left in the store");
        await ClusterPlace.WaitAsync(async () => (await silos[0].AskAsync("readyz")) is (503, var why) && why.Contains("No space is left", StringComparison.Ordinal), "nobody is told");
        following.RunOn(TimeSpan.FromSeconds(5)).ShouldBeTrue("the follower lives on");
        disk.Grow(64 << 10);
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
        (GrainRecords records, CampaignStore campaigns) = place.Open();
        foreach (PlannedGrain grain in (await campaigns.PlanAsync(place.Name)).Grains)
            (await records.FindClaimAsync(grain.Key)).ShouldNotBeNull().Failures.ShouldBe(0, grain.Title);
    }

    private ClusterPlace PlaceOn(string store)
    {
        Skip.If(RabbitServer.Missing is not null, RabbitServer.Missing);
        return new ClusterPlace(servers, servers.Campaigns.NewFolder(), CampaignWorkplace.Full, store);
    }
}
