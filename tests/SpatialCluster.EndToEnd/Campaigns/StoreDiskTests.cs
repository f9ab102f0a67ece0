using SpatialCluster.EndToEnd.BadInput;
using SpatialCluster.EndToEnd.CommandLine;

namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>Stores on a disk that may only be read, and on one without room.</summary>
[Collection(CampaignCollection.Name)]
public sealed class StoreDiskTests(CampaignWorkplace workplace)
{
    [SkippableFact]
    public void ReadOnlyStore_IsReportedAndNotRunIn()
    {
        using SmallDisk disk = SmallDisk.Require(workplace.NewFolder(), 65536);
        CampaignPlace place = On(disk, CampaignWorkplace.Failing);
        CliProcess.Run(place.Folder, place.Run()).ExitCode.ShouldBe(1);
        disk.MakeReadOnly();

        CliResult status = CliProcess.Run(place.Folder, place.Ask("status", "--json")).ShouldSucceed();
        status.Json.GetProperty("failed").GetArrayLength().ShouldBeGreaterThan(0);
        Directory.Delete(place.Report, recursive: true);
        CliProcess.Run(place.Folder, place.Ask("report", "--out", place.Report, "--json")).ShouldSucceed().Number("failed_runs").ShouldBe(2);
        File.Exists(Path.Combine(place.Report, "report.html")).ShouldBeTrue();
        CliProcess.Run(place.Folder, "store", "verify", "--store", place.Store).ShouldSucceed();
        CliProcess.Run(place.Folder, "store", "du", "--store", place.Store).ShouldSucceed();
        foreach (string[] writing in new[] { place.Run(), place.Resume(), place.Ask("cancel") })
            CliProcess.Run(place.Folder, writing).ShouldBeRefused(place.Store, "may not be written to");
    }

    [SkippableTheory]
    [InlineData(120)]
    [InlineData(400)]
    public async Task DiskFull_IsSaidAndTheCampaignGoesOnWhenThereIsRoom(int kilobytes)
    {
        using SmallDisk disk = SmallDisk.Require(workplace.NewFolder(), kilobytes);
        CampaignPlace place = On(disk, CampaignWorkplace.Tiny);
        CliResult refused = CliProcess.Run(place.Folder, place.Run("--checkpoint-interval", "0"));
        refused.ShouldBeRefused("No space", place.Store);
        disk.Grow(65536);
        CliResult resumed = CliProcess.Run(place.Folder, place.Run()).ShouldSucceed();
        resumed.Json.GetProperty("results_digest").GetString().ShouldBe(workplace.DigestOf(CampaignWorkplace.Tiny));
        await CampaignWorkplace.ShouldBeSoundAsync(place);
    }

    private CampaignPlace On(SmallDisk disk, string document) => new(workplace.NewFolder(), document) { Store = Path.Combine(disk.Root, "store") };
}
