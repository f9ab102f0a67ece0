using SpatialCluster.Artifacts.Content;
using SpatialCluster.Artifacts.Maintenance;
using SpatialCluster.Artifacts.Records;
using SpatialCluster.Artifacts.Stores;
using SpatialCluster.Campaigns.Planning;
using SpatialCluster.Campaigns.Running;
using SpatialCluster.Campaigns.Submission;
using SpatialCluster.EndToEnd.CommandLine;
using SpatialCluster.Engine.RabbitMq.Broker;
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

    /// <summary>The document's grains as they are in the store, once they are submitted.</summary>
    public async Task<CampaignPlan> PlanAsync() => await Open().Campaigns.PlanAsync(Name);

    /// <summary>How many grains of all campaigns have results.</summary>
    public async Task<int> ResultsAsync() =>
        (await Open().Records.ListAsync(StoreLayout.Grains)).Count(a => a.Name.Value.EndsWith("/result.json", StringComparison.Ordinal));

    /// <summary>What an attempt at a grain took; null where it did not end.</summary>
    public async Task<AttemptMetrics?> AttemptAsync(GrainKey grain, int attempt) =>
        await Open().Records.ReadAsync(StoreLayout.AttemptMetrics(grain, attempt)) is { } bytes ? AttemptMetrics.Parse(bytes) : null;

    /// <summary>A connection to the broker, for this store.</summary>
    public async Task<RabbitBroker> ConnectAsync()
    {
        var options = BrokerOptions.Parse(_servers.Broker.Url, new BrokerCredentials(RabbitServer.User, RabbitServer.Password), caFile: null, fromCommandLine: false);
        var broker = new RabbitBroker(options, await StoreIdentity.OfAsync(Open().Records.Store));
        await broker.ConnectAsync(CancellationToken.None);
        return broker;
    }

    private string BrokerUrl => Broker.Length > 0 ? Broker : _servers.Broker.Url;

    /// <summary>Starts a silo, and waits until it is ready.</summary>
    public SiloProcess StartSilo(string name, params string[] more) => StartSilo(name, [], more);

    /// <summary>Starts a silo with environment variables of its own, and waits until it is ready.</summary>
    public SiloProcess StartSilo(string name, (string Name, string Value)[] environment, params string[] more)
    {
        string[] arguments = ["silo", "--engine", "rabbitmq", "--broker", BrokerUrl, "--store", Store, "--name", name, "--http", "127.0.0.1:0", "--slots", "1", "--threads", "1", .. more];
        return Await(SiloProcess.Start(Folder, [.. Credentials, .. environment], arguments), "Ready.");
    }

    /// <summary>Starts a silo behind a program that starts others, such as <c>ip netns exec</c>, and waits until it is ready.</summary>
    public SiloProcess StartSiloBehind(string[] starter, string name, params string[] more) =>
        Await(SiloProcess.StartBehind(starter, Folder, Credentials, ["silo", "--broker", BrokerUrl, "--store", Store, "--name", name, "--http", "none", "--slots", "1", "--threads", "1", .. more]), "Ready.");

    /// <summary>Starts a silo whose grains are a test's own.</summary>
    /// <param name="id">What it is called.</param>
    /// <param name="slots">Grains at a time.</param>
    /// <param name="codes">The versions of code that it passes for.</param>
    public SiloProcess StartProbe(string id, int slots, params string[] codes) =>
        Await(SiloProcess.StartProgram("SpatialCluster.SiloProbe.dll", Folder, Credentials, [BrokerUrl, Store, id, $"{slots}", .. codes]), "ready");

    /// <summary>Begins to run the campaign on the cluster, and follows it.</summary>
    public CliProcess Submit(params string[] more) => CliProcess.StartWith(Credentials, Folder,
        ["campaign", "run", "campaign.yaml", "--engine", "rabbitmq", "--broker", BrokerUrl, "--store", Store, "--out", Path.Combine(Folder, "report"), "--json", .. more]);

    /// <summary>Goes on with the campaign on the cluster, and follows it.</summary>
    public CliProcess Resume() => CliProcess.StartWith(Credentials, Folder,
        ["campaign", "resume", Name, "--engine", "rabbitmq", "--broker", BrokerUrl, "--store", Store, "--out", Path.Combine(Folder, "report"), "--json"]);

    /// <summary>Begins to run another document on the cluster, and follows it.</summary>
    public CliProcess SubmitOther(string document)
    {
        File.WriteAllText(Path.Combine(Folder, "other.yaml"), document);
        return CliProcess.StartWith(Credentials, Folder,
            ["campaign", "run", "other.yaml", "--engine", "rabbitmq", "--broker", BrokerUrl, "--store", Store, "--out", Path.Combine(Folder, "other"), "--json"]);
    }

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

    private SiloProcess Await(SiloProcess silo, string line)
    {
        _silos.Add(silo);
        silo.WaitForLine(line);
        return silo;
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
