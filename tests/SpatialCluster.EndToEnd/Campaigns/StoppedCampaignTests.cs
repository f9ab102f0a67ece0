using System.Diagnostics;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>Ctrl-C in a training, and a cancellation from elsewhere.</summary>
[Collection(CampaignCollection.Name)]
public sealed class StoppedCampaignTests(CampaignWorkplace workplace)
{
    private const int Endless = 1_000_000;

    [Fact]
    public async Task Run_Interrupted_GoesOnFromItsCheckpointToTheSameResults()
    {
        string document = CampaignWorkplace.Training(epochs: 400);
        CampaignPlace place = workplace.Place(document);
        using (CliProcess running = CliProcess.Start(place.Folder, place.Run("--checkpoint-interval", "0")))
        {
            running.WaitFor(() => place.Checkpoints.Any()).ShouldBeTrue("a training begins");
            running.Interrupt();
            CliResult stopped = running.Finish();
            stopped.ExitCode.ShouldBe(3, stopped.Error);
            stopped.Output.ShouldBeEmpty();
            stopped.Complaint.ShouldContain("campaign resume training-");
            stopped.Complaint.ShouldContain(place.Store);
        }

        string checkpoint = place.Checkpoints.ShouldHaveSingleItem();
        Directory.Exists(place.Report).ShouldBeFalse("a campaign that was stopped writes no report");
        CliResult resumed = CliProcess.Run(place.Folder, place.Resume("--threads", "3")).ShouldSucceed();
        resumed.Json.GetProperty("results_digest").GetString().ShouldBe(workplace.DigestOf(document));
        string[] attempts = Directory.GetFiles(Path.GetDirectoryName(checkpoint)!, "metrics.json", SearchOption.AllDirectories);
        AttemptMetrics metrics = AttemptMetrics.Parse(File.ReadAllBytes(attempts.ShouldHaveSingleItem("the interrupted attempt did not end")));
        metrics.Resumed.ShouldBeTrue();
        await CampaignWorkplace.ShouldBeSoundAsync(place);
    }

    [Fact]
    public void Cancel_FromAnotherProcess_StopsTheRunSoonAndIsReported()
    {
        CampaignPlace place = workplace.Place(CampaignWorkplace.Training(Endless));
        using CliProcess running = CliProcess.Start(place.Folder, place.Run("--checkpoint-interval", "0"));
        running.WaitFor(() => place.Checkpoints.Any()).ShouldBeTrue("the training begins");
        CliResult status = CliProcess.Run(place.Folder, place.Ask("status", "--json")).ShouldSucceed();
        status.Json.GetProperty("running").EnumerateArray().ShouldContain(title => title.GetString() == "SpaMI on slice, seed 0");

        CliProcess.Run(place.Folder, place.Ask("cancel")).ShouldSucceed();
        var waited = Stopwatch.StartNew();
        CliResult stopped = running.Finish();
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        stopped.ExitCode.ShouldBe(3, stopped.Error);
        stopped.Complaint.ShouldContain("campaign resume");
        place.Checkpoints.Count().ShouldBe(1);

        status = CliProcess.Run(place.Folder, place.Ask("status", "--json")).ShouldSucceed();
        status.Json.GetProperty("cancelled").GetBoolean().ShouldBeTrue();
        status.Json.GetProperty("running").GetArrayLength().ShouldBe(0);
        CliProcess.Run(place.Folder, place.Ask("report", "--out", place.Report)).ShouldSucceed();
        File.ReadAllText(Path.Combine(place.Report, "runs.jsonl")).ShouldContain("cancelled");
    }
}
