using System.Diagnostics;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.EndToEnd.Campaigns;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Tests.Servers;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A silo and the broker lose one another for longer than they wait for a heartbeat; the silo trains on, and its grain is given to another.</summary>
[Collection(ClusterCollection.Name)]
public sealed class NetworkCutTests(ClusterServers servers, ITestOutputHelper output)
{
    // The silo that is cut off trains on: its training must not be at its end before the broker misses it.
    private static readonly string s_training = CampaignWorkplace.Training(75_000);

    private static readonly string[] s_settings = ["--checkpoint-interval", "1", "--heartbeat", "2"];

    [SkippableFact]
    public async Task Silo_WhoseCableIsPulled_PublishesNothingOfWhatItLostAndComesBack()
    {
        using ClusterPlace place = servers.PlaceWithFiles(s_training);
        using var elsewhere = NetworkNamespace.Require();
        await using var proxy = new TcpProxy(servers.Broker.Port, elsewhere.Address);
        string near = place.Broker;
        place.Broker = $"amqp://{elsewhere.Address}:{proxy.Port}";
        SiloProcess cut = place.StartSiloBehind(elsewhere.Starter, "cut", s_settings);
        place.Broker = near;
        await LoseAsync(place, cut, elsewhere.Pull, elsewhere.Plug);
    }

    [SkippableFact]
    public async Task Silo_WhoseConnectionsFallSilent_PublishesNothingOfWhatItLostAndComesBack()
    {
        using ClusterPlace place = servers.PlaceWithFiles(s_training);
        await using var proxy = new TcpProxy(servers.Broker.Port);
        string near = place.Broker;
        place.Broker = $"amqp://127.0.0.1:{proxy.Port}";
        SiloProcess cut = place.StartSilo("cut", s_settings);
        place.Broker = near;
        await LoseAsync(place, cut, proxy.Hold, proxy.Release);
    }

    private async Task LoseAsync(ClusterPlace place, SiloProcess cut, Action lose, Action find)
    {
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        using CliProcess following = place.Submit();
        (GrainKey training, string name) = await ears.WaitForTrainingAsync(place);
        name.ShouldBe(cut.Name);
        SiloProcess other = place.StartSilo("other", s_settings);
        long moment = Stopwatch.GetTimestamp();
        lose();
        TimeSpan takeover = await ears.WaitForTakeoverAsync(training, name, moment);
        output.WriteLine($"taken over {takeover.TotalSeconds:F2} s after the cut, with a heartbeat of 2 s");
        takeover.ShouldBeLessThan(TimeSpan.FromSeconds(20), "nobody waits for the lease to run out");
        cut.WaitForLine("was lost");
        await ClusterPlace.WaitAsync(async () => await place.Open().Records.ReadAsync(StoreLayout.AttemptSurvived(training, 1)) is not null, "who lost the grain does not say that it lives");
        find();
        cut.WaitForLine("is there again");
        following.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(place.ExpectedDigest);
        (await place.AttemptAsync(training, 1)).ShouldBeNull("who lost the grain publishes nothing");
        (await place.AttemptAsync(training, 2))!.Resumed.ShouldBeTrue();
        await place.ShouldBeSoundAsync();

        other.Signal("TERM");
        other.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
        using CliProcess more = place.SubmitOther(CampaignWorkplace.Tiny);
        more.Finish().ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(servers.Campaigns.DigestOf(CampaignWorkplace.Tiny));
    }
}
