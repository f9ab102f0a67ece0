using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>The broker goes while a campaign runs, and comes back with what it had written down.</summary>
[Collection(ClusterCollection.Name)]
public sealed class BrokerAwayTests(ClusterServers servers)
{
    [SkippableTheory]
    [InlineData(true, 0)]
    [InlineData(false, 0)]
    [InlineData(false, 70)]
    public async Task Broker_AwayUnderACampaign_HoldsItUpAndNoMore(bool gracefully, int seconds)
    {
        using ClusterPlace place = servers.PlaceWithFiles(CampaignWorkplace.Full);
        SiloProcess[] silos = [place.StartSilo("one"), place.StartSilo("two")];
        using CliProcess following = place.Submit();
        await ClusterPlace.WaitAsync(async () => await place.ResultsAsync() >= 8, "nothing is done");
        try
        {
            await servers.Broker.StopAsync(gracefully);
            foreach (SiloProcess silo in silos)
            {
                await ClusterPlace.WaitAsync(async () => (await silo.AskAsync("readyz")).Status == 503, "the silo says that it is ready while there is no broker", TimeSpan.FromSeconds(20));
                (await silo.AskAsync("readyz")).Text.ShouldContain($"broker {servers.Broker.Url}");
                (await silo.AskAsync("healthz")).Status.ShouldBe(200);
            }

            following.RunOn(TimeSpan.FromSeconds(seconds)).ShouldBeTrue("following outlives the broker");
        }
        finally
        {
            await servers.Broker.StartAsync();
        }

        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        await place.ShouldBeSoundAsync();
        foreach (SiloProcess silo in silos)
        {
            silo.HasExited.ShouldBeFalse("silos outlive the broker");
            await ClusterPlace.WaitAsync(async () => (await silo.AskAsync("readyz")).Status == 200, "the silo is not ready again");
        }
    }
}
