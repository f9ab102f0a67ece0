using System.Text;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Campaigns.Grains;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Silos;

namespace SpatialCluster.Silo.Tests.Dashboard;

/// <summary>Silos and failures as the store would have them.</summary>
internal static class Beacons
{
    public const string Error = "SpaMI on 144 spots will take 9,000 MiB and 2,000 MiB may be had; lower the widths among the method's parameters.";

    public static SiloBeacon Of(string id, PlannedGrain grain, string campaign) => new()
    {
        Id = id,
        Machine = "tissue-lab",
        Program = "0.1.0",
        Engine = "rabbitmq",
        State = SiloState.Ready,
        Started = DateTimeOffset.UtcNow.AddHours(-3),
        Said = DateTimeOffset.UtcNow,
        MemoryLimit = 8L << 30,
        Codes = ["slice.1", "modality.1", "training-run.1.spami.2", "evaluation.1", "report.1"],
        Devices =
        [
            new DeviceReport("cpu:0", "cpu", 2)
            {
                Campaign = campaign, Grain = grain.Key.ToString(), Title = grain.Title, Stage = "train", Epoch = 120, Epochs = 600, Since = DateTimeOffset.UtcNow.AddMinutes(-2),
            },
            new DeviceReport("cpu:1", "cpu", 2),
        ],
    };

    /// <summary>A campaign of which the first run failed, and with it what waited for it.</summary>
    public static async Task<StoredCampaign> FailedAsync(GrainRecords? records = null)
    {
        StoredCampaign stored = await StoredCampaign.SubmitAsync(StoredCampaign.Quick.Replace("seed: 5", "seed: 7").Replace("name: quick", "name: with-a-failure"), records);
        ReportRow row = stored.Campaign.Rows[0];
        await stored.Records.PutAsync(StoreLayout.AttemptError(row.Run, 1), Encoding.UTF8.GetBytes(Error + "\n"));
        await stored.Records.FailAsync(row.Run, new GrainFailure(Error, 1, null));
        await stored.Records.FailAsync(row.Evaluation, new GrainFailure($"It needs {row.Run}, which failed: {Error}", 0, row.Run.ToString()));
        await stored.Records.FailAsync(stored.Campaign.Plan.Report, new GrainFailure($"It needs {row.Evaluation}, which failed.", 0, row.Evaluation.ToString()));
        await stored.RunAsync(g => g.Key.Kind != ReportSpec.KindName && g.Key != row.Run && g.Key != row.Evaluation);
        return stored;
    }
}
