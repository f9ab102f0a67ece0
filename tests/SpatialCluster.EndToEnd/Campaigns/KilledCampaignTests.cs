using SpatialCluster.Artifacts.Faults;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>kill -9 while a campaign runs: the same results as without, every one of them once.</summary>
[Collection(CampaignCollection.Name)]
public sealed class KilledCampaignTests(CampaignWorkplace workplace)
{
    private const int Killed = 128 + 9;

    /// <summary>What a run comes by; collections have tests of their own.</summary>
    public static TheoryData<string> Points =>
        [.. FaultPointNames.All.Where(name => !name.StartsWith("collect.", StringComparison.Ordinal)), .. RunnerFaultPoints.All.Where(name => name != RunnerFaultPoints.Failed)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Run_KilledTwentyTimes_EndsWithTheUndisturbedResults(int seed)
    {
        CampaignPlace place = workplace.Place(CampaignWorkplace.Full);
        var moments = new Random(seed);
        int kills = 0;
        for (int i = 0; i < 20; i++)
        {
            string[] slots = ["--threads", "3", "--slots", $"{moments.Next(1, 4)}", "--checkpoint-interval", moments.Next(2) == 0 ? "0" : "60"];
            using CliProcess running = CliProcess.Start(place.Folder, place.Planned && moments.Next(2) == 0 ? place.Resume(slots) : place.Run(slots));
            int enough = place.Results + moments.Next(3);
            // Some die before the first result, in the start itself too.
            if ((enough == place.Results || running.WaitFor(() => place.Results >= enough)) && running.RunOn(TimeSpan.FromMilliseconds(moments.Next(i % 5 == 0 ? 600 : 60))))
            {
                running.Kill().ExitCode.ShouldBe(Killed);
                kills++;
            }
        }

        kills.ShouldBeGreaterThan(15, "most runs were killed, rather than at their end");
        CliResult last = CliProcess.Run(place.Folder, place.Run()).ShouldSucceed();
        last.Json.GetProperty("results_digest").GetString().ShouldBe(workplace.DigestOf(CampaignWorkplace.Full));
        await CampaignWorkplace.ShouldBeSoundAsync(place);
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task Run_KilledAtAFaultPoint_EndsWithTheUndisturbedResults(string point)
    {
        CampaignPlace place = workplace.Place(CampaignWorkplace.Tiny);
        string[] arguments = place.Run("--checkpoint-interval", "0", "--threads", "2");
        CliProcess.RunWithFault(point, place.Folder, arguments).ExitCode.ShouldBe(Killed, $"{point} is reached, and kills");
        // The second run may find too little left to come there so often.
        CliProcess.RunWithFault($"{point}:5", place.Folder, arguments).ExitCode.ShouldBeOneOf(Killed, 0);
        CliResult last = CliProcess.Run(place.Folder, arguments).ShouldSucceed();
        last.Json.GetProperty("results_digest").GetString().ShouldBe(workplace.DigestOf(CampaignWorkplace.Tiny));
        await CampaignWorkplace.ShouldBeSoundAsync(place);
    }

    [Fact]
    public void Run_KilledWhenAGrainWasGivenUp_TriesItAgain()
    {
        CampaignPlace place = workplace.Place(CampaignWorkplace.Failing);
        CliProcess.RunWithFault(RunnerFaultPoints.Failed, place.Folder, place.Run()).ExitCode.ShouldBe(Killed);
        CliResult again = CliProcess.Run(place.Folder, place.Run());
        again.ExitCode.ShouldBe(1, again.Error);
        again.Number("failed_runs").ShouldBe(2);
        again.Number("runs").ShouldBe(4);
    }
}
