using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A campaign on silos, undisturbed.</summary>
[Collection(ClusterCollection.Name)]
public sealed class ClusterCampaignTests(ClusterServers servers)
{
    [SkippableFact]
    public async Task Campaign_OnTwoSilosAndBlobs_GivesWhatOneMachineGives()
    {
        using ClusterPlace place = servers.PlaceWithBlobs(CampaignWorkplace.Full);
        SiloProcess one = place.StartSilo("one"), two = place.StartSilo("two");
        using CliProcess following = place.Submit();
        CliResult result = following.Finish().ShouldSucceed();
        result.Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
        foreach (SiloProcess silo in (SiloProcess[])[one, two])
        {
            silo.Signal("TERM");
            silo.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
            silo.Log.ShouldContain("Everything was given back.");
        }
    }
}
