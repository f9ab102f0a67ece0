using SpatialCluster.Campaigns.Silos;
using Xunit.Abstractions;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>Several campaigns, and several versions of the program, on one cluster.</summary>
[Collection(ClusterCollection.Name)]
public sealed class SharedClusterTests(ClusterServers servers, ITestOutputHelper output)
{
    private const string NoDocument = "name: none\n";

    [SkippableFact]
    public async Task SmallCampaign_BehindAThousandGrains_GetsEverySecondSlot()
    {
        using ClusterPlace place = servers.PlaceWithFiles(NoDocument);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        var large = new ProbeCampaign("large", version: 1, first: 0, count: 1000, milliseconds: 20);
        var small = new ProbeCampaign("small", version: 1, first: 5000, count: 5, milliseconds: 20);
        await large.SubmitAsync(place);
        place.StartProbe("one", 1, "probe.1", "report.1");
        await ears.WaitForAsync(e => e is { Kind: ClusterEventKind.GrainEnded, Campaign: "large" }, "nothing is done");
        await small.SubmitAsync(place);
        await small.ShouldEndAsync(place);
        await EndedAsync(ears, "small", 6);

        string[] order = [.. ears.All.Where(h => h.Event.Kind == ClusterEventKind.GrainStarted).Select(h => h.Event.Campaign)];
        int first = Array.IndexOf(order, "small"), last = Array.LastIndexOf(order, "small");
        string between = string.Concat(order[first..(last + 1)].Select(c => c[0]));
        output.WriteLine($"{first} grains of the large campaign, then {between}");
        order.Count(c => c == "large").ShouldBeLessThan(900, "the large campaign was still waiting when the small one ended");
        // Five grains, and the one that needs them all.
        between.Count(c => c == 's').ShouldBe(6);
        between.ShouldNotContain("ss", Case.Sensitive, "the large campaign has its turns too");
        // The sixth is ready only when the fifth is done.
        between[..^1].TrimEnd('l').ShouldBe("slslslsls");
    }

    [SkippableFact]
    public async Task Silos_OfTwoVersions_TakeWhatTheyHaveCodeForAndReplaceOneAnother()
    {
        using ClusterPlace place = servers.PlaceWithFiles(NoDocument);
        await using ClusterEars ears = await ClusterEars.OpenAsync(place);
        var old = new ProbeCampaign("old", version: 1, first: 0, count: 150, milliseconds: 100);
        var next = new ProbeCampaign("next", version: 2, first: 1000, count: 30, milliseconds: 100);
        SiloProcess one = place.StartProbe("one", 1, "probe.1", "report.1"), two = place.StartProbe("two", 1, "probe.1", "report.1");
        await old.SubmitAsync(place);
        await next.SubmitAsync(place);
        await EndedAsync(ears, "old", 10);
        Replace(one, "three", "probe.2", "report.1");
        await EndedAsync(ears, "next", 5);
        // A program that can do both goes on with what the last of the old ones leaves.
        Replace(two, "four", "probe.1", "probe.2", "report.1");
        await next.ShouldEndAsync(place);
        await old.ShouldEndAsync(place);

        (string Silo, string Work)[] done =
        [
            .. ears.All.Where(h => h.Event is { Kind: ClusterEventKind.GrainEnded, Text: "done" }).Select(h => (h.Event.Silo, $"{h.Event.Campaign} {h.Event.Grain!.Split('/')[0]}")).Distinct().Order(),
        ];
        output.WriteLine(string.Join("; ", done));
        done.Where(d => d.Work.EndsWith(" probe", StringComparison.Ordinal) && d.Silo != "four")
            .ShouldBe([("one", "old probe"), ("three", "next probe"), ("two", "old probe")]);
        done.ShouldContain(("four", "old probe"));

        void Replace(SiloProcess leaving, string id, params string[] codes)
        {
            place.StartProbe(id, 1, codes);
            leaving.Signal("TERM");
            leaving.WaitForExit(TimeSpan.FromSeconds(10)).ShouldBe(0);
        }
    }

    private static Task EndedAsync(ClusterEars ears, string campaign, int count) => ClusterPlace.WaitAsync(
        () => Task.FromResult(ears.All.Count(h => h.Event.Kind == ClusterEventKind.GrainEnded && h.Event.Campaign == campaign) >= count), $"{campaign} does not go on");
}
