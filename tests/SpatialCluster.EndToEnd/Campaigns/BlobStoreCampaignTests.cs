using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.EndToEnd.Campaigns;

/// <summary>A campaign whose store is one of blobs, in the emulator.</summary>
[Collection(CampaignCollection.Name)]
public sealed class BlobStoreCampaignTests(CampaignWorkplace workplace)
{
    private const string EmulatorKey = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    [SkippableFact]
    public async Task Run_OnAStoreOfBlobs_GivesWhatAFolderGives()
    {
        await using AzuriteServer? server = await AzuriteServer.TryStartNewAsync();
        Skip.If(server is null, AzuriteServer.SkipReason ?? string.Empty);
        CampaignPlace place = new(workplace.NewFolder(), CampaignWorkplace.Tiny) { Store = server.Location("results/tiny") };
        RemainingSeconds(place).ShouldBeGreaterThan(0);
        CliProcess.Run(place.Folder, place.Ask("status")).ShouldBeRefused("no artifact store", place.Store);
        CliProcess.Run(place.Folder, place.Run()).ShouldSucceed().Json.GetProperty("results_digest").GetString().ShouldBe(workplace.DigestOf(CampaignWorkplace.Tiny));
        RemainingSeconds(place).ShouldBe(0);
        CliProcess.Run(place.Folder, place.Resume()).ShouldSucceed();
        foreach (string command in new[] { "verify", "du", "gc" })
            CliProcess.Run(place.Folder, "store", command, "--store", place.Store).ShouldSucceed();
        // The emulator's public account, as a user would write down one of his own.
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "connection"), $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={EmulatorKey};BlobEndpoint={server.Endpoint};");
        CliProcess.Run(place.Folder, "store", "verify", "--store", $"{server.Endpoint}/results/tiny", "--store-connection", "connection").ShouldSucceed().Output.ShouldNotContain(EmulatorKey);
        CliProcess.Run(place.Folder, "campaign", "delete", place.Name, "--store", place.Store, "--grace", "0", "--dry-run").ShouldSucceed();
    }

    [Fact]
    public void Run_SignatureOnTheCommandLine_IsRefusedWithoutShowingIt()
    {
        string folder = workplace.NewFolder();
        CliResult refused = CliProcess.Run(folder, "store", "du", "--store", "https://account.blob.core.windows.net/results?sv=2023&sig=c2VjcmV0");
        refused.ShouldBeRefused("SPATIALCLUSTER_STORE", "--store-connection");
        refused.Error.ShouldNotContain("c2VjcmV0");
    }

    private static double RemainingSeconds(CampaignPlace place) =>
        CliProcess.Run(place.Folder, "campaign", "run", "campaign.yaml", "--store", place.Store, "--dry-run", "--json").ShouldSucceed().Json.GetProperty("plan").GetProperty("remaining_seconds").GetDouble();
}
