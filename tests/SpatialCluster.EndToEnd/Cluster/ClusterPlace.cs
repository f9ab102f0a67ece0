using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Tests.Servers;

namespace SpatialCluster.EndToEnd.Cluster;

/// <summary>A campaign on a cluster: its document, its store, its silos. Disposing ends the silos.</summary>
internal sealed class ClusterPlace : IDisposable
{
    private readonly ClusterServers _servers;
    private readonly List<SiloProcess> _silos = [];
    private readonly string _document;

    public ClusterPlace(ClusterServers servers, string folder, string document, string? store)
    {
        (_servers, Folder, _document) = (servers, folder, document);
        Store = store ?? Path.Combine(folder, "store");
        Name = document.Split("name: ", 2)[1].Split('\n')[0];
        File.WriteAllText(Path.Combine(folder, "campaign.yaml"), document);
    }

    public string Folder { get; }

    public string Store { get; }

    public string Name { get; }

    /// <summary>Where silos and submitters find the broker; another port where a proxy stands before it.</summary>
    public string Broker { get; set; } = "";

    /// <summary>The broker's user and password, as the environment has them.</summary>
    public static (string Name, string Value)[] Credentials { get; } =
        [("SPATIALCLUSTER_BROKER_USER", RabbitServer.User), ("SPATIALCLUSTER_BROKER_PASSWORD", RabbitServer.Password)];

    private string BrokerUrl => Broker.Length > 0 ? Broker : _servers.Broker.Url;

    /// <summary>Starts a silo, and waits until it is ready.</summary>
    public SiloProcess StartSilo(string name, params string[] more) => StartSilo(name, [], more);

    /// <summary>Starts a silo with environment variables of its own, and waits until it is ready.</summary>
    public SiloProcess StartSilo(string name, (string Name, string Value)[] environment, params string[] more)
    {
        string[] arguments = ["silo", "--engine", "rabbitmq", "--broker", BrokerUrl, "--store", Store, "--name", name, "--http", "127.0.0.1:0", "--slots", "1", "--threads", "1", .. more];
        SiloProcess silo = SiloProcess.Start(Folder, [.. Credentials, .. environment], arguments);
        _silos.Add(silo);
        silo.WaitForLine("Ready.");
        return silo;
    }

    /// <summary>Begins to run the campaign on the cluster, and follows it.</summary>
    public CliProcess Submit(params string[] more) => CliProcess.StartWith(Credentials, Folder,
        ["campaign", "run", "campaign.yaml", "--engine", "rabbitmq", "--broker", BrokerUrl, "--store", Store, "--out", Path.Combine(Folder, "report"), "--json", .. more]);

    /// <summary>Any command on this store.</summary>
    public CliResult Ask(params string[] arguments) => CliProcess.Run(Folder, [.. arguments, "--store", Store]);

    /// <summary>The digest of all results of an undisturbed run on one machine.</summary>
    public string ExpectedDigest => _servers.Campaigns.DigestOf(_document);

    /// <summary>Opens the store as anybody may.</summary>
    public (GrainRecords Records, CampaignStore Campaigns) Open()
    {
        var records = new GrainRecords(new ContentStore(ArtifactStores.Open(Store, create: true)));
        return (records, new CampaignStore(records));
    }

    /// <summary>Every grain has one result, the same as undisturbed; the store is whole, and nothing is left to be done.</summary>
    public async Task ShouldBeSoundAsync()
    {
        (GrainRecords records, CampaignStore campaigns) = Open();
        CampaignPlan plan = await campaigns.PlanAsync(Name);
        (await campaigns.StatusAsync(plan, TimeProvider.System)).ShouldAllBe(g => g.Standing == GrainStanding.Done);
        (await campaigns.ResultsDigestAsync(plan))!.Value.Hex.ShouldBe(ExpectedDigest.Replace("sha256:", "", StringComparison.Ordinal));
        (await StoreVerification.RunAsync(records.Store)).Problems.ShouldBeEmpty();
        await WaitAsync(async () => (await campaigns.ActiveAsync()).Count == 0, "the campaign is still marked as active");
        foreach (GrainKey key in plan.Grains.Select(g => g.Key))
            (await records.Store.FindAsync(StoreLayout.Checkpoint(key))).ShouldBeNull($"{key} is done and needs no checkpoint");
    }

    /// <summary>Waits for something that must come; a generous bound, so that nothing waits for ever.</summary>
    public static async Task WaitAsync(Func<Task<bool>> happened, string otherwise, TimeSpan? most = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        while (!await happened())
        {
            (watch.Elapsed < (most ?? TimeSpan.FromMinutes(2))).ShouldBeTrue(otherwise);
            await Task.Delay(20);
        }
    }

    public void Dispose()
    {
        foreach (SiloProcess silo in _silos)
            silo.Dispose();
    }
}
