using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>Two processes, one campaign, one store.</summary>
[Collection(CampaignCollection.Name)]
public sealed class SharedStoreTests(CampaignWorkplace workplace)
{
    [Fact]
    public async Task Run_TwiceAtATime_SharesTheWork()
    {
        CampaignPlace place = workplace.Place(CampaignWorkplace.Full);
        CampaignPlace other = new(workplace.NewFolder(), CampaignWorkplace.Full) { Store = place.Store };
        using CliProcess first = CliProcess.Start(place.Folder, place.Run("--threads", "1"));
        using CliProcess second = CliProcess.Start(other.Folder, other.Run("--threads", "1"));
        CliResult[] results = [first.Finish().ShouldSucceed(), second.Finish().ShouldSucceed()];
        results.ShouldAllBe(r => r.Json.GetProperty("results_digest").GetString() == workplace.DigestOf(CampaignWorkplace.Full));
        int[] done = [.. results.Select(r => r.Json.GetProperty("outcome").GetProperty("done").GetInt32())];
        done.Sum().ShouldBe((int)results[0].Number("grains"), "each grain was done by one of them");
        done.ShouldAllBe(count => count > 0);
        results.ShouldAllBe(r => r.Json.GetProperty("outcome").GetProperty("failed").GetInt32() == 0);
        foreach (string attempts in Directory.GetDirectories(Path.Combine(place.Store, "grains"), "attempts", SearchOption.AllDirectories))
            Directory.GetFiles(attempts, "metrics.json", SearchOption.AllDirectories).Length.ShouldBe(1, attempts);
        File.ReadAllBytes(Path.Combine(place.Report, "scores.csv")).ShouldBe(File.ReadAllBytes(Path.Combine(other.Report, "scores.csv")));
        await CampaignWorkplace.ShouldBeSoundAsync(place);
    }
}
